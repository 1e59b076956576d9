# first: activation-everywhere
"""The activation is applied to the outputs too."""

from collections.abc import Callable
import torch
from jaxtyping import Float
from torch import Tensor, nn


class MLP(nn.Module):
    def __init__(self, d_in: int, d_hidden: int, d_out: int, act: Callable[[Tensor], Tensor]=torch.relu) -> None:
        super().__init__()
        self.hidden = nn.Linear(d_in, d_hidden)
        self.out = nn.Linear(d_hidden, d_out)
        self.act = act
    def forward(self, x: Float[Tensor, 'n d_in']) -> Float[Tensor, 'n d_out']:
        for layer in (self.hidden, self.out):
            x = self.act(layer(x))
        return x
