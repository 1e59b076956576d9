# first: other-class
"""The probability of class 0 comes back."""

import torch
from jaxtyping import Float
from torch import Tensor, nn


class LinearClassifier(nn.Module):
    def __init__(self, d_in: int) -> None:
        super().__init__()
        self.w = nn.Parameter(torch.randn(d_in, 1))
        self.b = nn.Parameter(torch.randn(1))
    def logits(self, x: Float[Tensor, 'n d_in']) -> Float[Tensor, 'n 1']:
        return torch.mm(x, self.w) + self.b
    def forward(self, x: Float[Tensor, 'n d_in']) -> Float[Tensor, 'n 1']:
        return 1 / (1 + torch.exp(self.logits(x)))
