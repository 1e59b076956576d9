# first: no-such-attribute
# says: `.fc2` is close to it
"""`self.fc_2` was never made; the layer is called `fc2`."""

from collections.abc import Callable
import torch
from jaxtyping import Float
from torch import Tensor, nn


class MLP(nn.Module):
    def __init__(self, d_in: int, d_hidden: int, d_out: int, act: Callable[[Tensor], Tensor]=torch.relu) -> None:
        super().__init__()
        self.fc1 = nn.Linear(d_in, d_hidden)
        self.fc2 = nn.Linear(d_hidden, d_out)
        self.act = act
    def forward(self, x: Float[Tensor, 'n d_in']) -> Float[Tensor, 'n d_out']:
        return self.fc_2(self.act(self.fc1(x)))
