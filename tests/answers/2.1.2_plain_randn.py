# first: plain-tensors
"""The tensors are no parameters."""

import torch
from jaxtyping import Float
from torch import Tensor, nn


class LinearClassifier(nn.Module):
    def __init__(self, d_in: int) -> None:
        super().__init__()
        self.w = torch.randn(d_in, 1, requires_grad=True)
        self.b = torch.zeros(1, requires_grad=True)
    def logits(self, x: Float[Tensor, 'n d_in']) -> Float[Tensor, 'n 1']:
        return x @ self.w + self.b
    def forward(self, x: Float[Tensor, 'n d_in']) -> Float[Tensor, 'n 1']:
        return 1 / (1 + torch.exp(-self.logits(x)))
