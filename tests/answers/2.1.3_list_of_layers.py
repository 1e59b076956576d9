# first: layers-in-a-list
"""The layers lie in a plain list."""

from collections.abc import Callable
import torch
from jaxtyping import Float
from torch import Tensor, nn


class MLP(nn.Module):
    def __init__(self, d_in: int, d_hidden: int, d_out: int, act: Callable[[Tensor], Tensor]=torch.relu) -> None:
        super().__init__()
        self.layers = [nn.Linear(d_in, d_hidden), nn.Linear(d_hidden, d_out)]
        self.activation = act
    def forward(self, x: Float[Tensor, 'n d_in']) -> Float[Tensor, 'n d_out']:
        first, second = self.layers
        h = self.activation(first(x))
        return second(h)
