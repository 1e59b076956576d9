# first: dropout-added
"""Dropout stands between the layers."""

from collections.abc import Callable
import torch
from jaxtyping import Float
from torch import Tensor, nn


class MLP(nn.Module):
    def __init__(self, d_in: int, d_hidden: int, d_out: int, act: Callable[[Tensor], Tensor]=torch.relu) -> None:
        super().__init__()
        self.first = nn.Linear(d_in, d_hidden)
        self.drop = nn.Dropout(0.2)
        self.second = nn.Linear(d_hidden, d_out)
        self.act = act
    def forward(self, x: Float[Tensor, 'n d_in']) -> Float[Tensor, 'n d_out']:
        h = self.act(self.first(x))
        h = self.drop(h)
        return self.second(h)
