from collections.abc import Callable

import torch
import torch.nn as nn
from jaxtyping import Float
from torch import Tensor


class Apply(nn.Module):
    def __init__(self, f):
        super().__init__()
        self.f = f

    def forward(self, x):
        return self.f(x)


class MLP(nn.Module):
    def __init__(
        self,
        d_in: int,
        d_hidden: int,
        d_out: int,
        act: Callable[[Tensor], Tensor] = torch.relu,
    ) -> None:
        super(MLP, self).__init__()
        layers = [nn.Linear(d_in, d_hidden), Apply(act), nn.Linear(d_hidden, d_out)]
        self.net = nn.Sequential(*layers)

    def forward(self, x: Float[Tensor, "n d_in"]) -> Float[Tensor, "n d_out"]:
        return self.net(x)
