# first: no-super-init
"""The __init__ of nn.Module isn't called."""

import torch
from jaxtyping import Float
from torch import Tensor, nn


class LinearClassifier(nn.Module):
    def __init__(self, d_in: int) -> None:
        self.layer = nn.Linear(d_in, 1)
    def logits(self, x: Float[Tensor, 'n d_in']) -> Float[Tensor, 'n 1']:
        return self.layer(x)
    def forward(self, x: Float[Tensor, 'n d_in']) -> Float[Tensor, 'n 1']:
        return torch.sigmoid(self.logits(x))
