# first: function-in-sequential
"""A function stands in nn.Sequential."""

from collections.abc import Callable
import torch
from jaxtyping import Float
from torch import Tensor, nn


class MLP(nn.Module):
    def __init__(self, d_in: int, d_hidden: int, d_out: int, act: Callable[[Tensor], Tensor]=torch.relu) -> None:
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(d_in, d_hidden),
            act,
            nn.Linear(d_hidden, d_out),
        )
    def forward(self, x: Float[Tensor, 'n d_in']) -> Float[Tensor, 'n d_out']:
        return self.net(x)
