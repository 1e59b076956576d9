# first: squeezed
"""The column is flat."""

import torch
from jaxtyping import Float
from torch import Tensor, nn


class LinearClassifier(nn.Module):
    def __init__(self, d_in: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(d_in) * 0.1)
        self.bias = nn.Parameter(torch.zeros(1))
    def logits(self, x: Float[Tensor, 'n d_in']) -> Float[Tensor, 'n 1']:
        return torch.mv(x, self.weight) + self.bias
    def forward(self, x: Float[Tensor, 'n d_in']) -> Float[Tensor, 'n 1']:
        z = self.logits(x)
        return torch.sigmoid(z)
