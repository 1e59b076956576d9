# first: softmax-of-one
"""Softmax of one column is always 1."""

import torch
from jaxtyping import Float
from torch import Tensor, nn


class LinearClassifier(nn.Module):
    def __init__(self, d_in: int) -> None:
        super().__init__()
        self.linear = nn.Linear(in_features=d_in, out_features=1)
    def logits(self, x: Float[Tensor, 'n d_in']) -> Float[Tensor, 'n 1']:
        return self.linear(x)
    def forward(self, x: Float[Tensor, 'n d_in']) -> Float[Tensor, 'n 1']:
        return torch.softmax(self.logits(x), dim=1)
