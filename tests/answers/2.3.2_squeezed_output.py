# first: squeezed
"""Drops the dimensions of size 1."""

from collections.abc import Callable
from dataclasses import dataclass
import torch
from jaxtyping import Float
from torch import Tensor


@dataclass
class MlpParams:
    w1: Float[Tensor, 'i h']
    b1: Float[Tensor, 'h']
    w2: Float[Tensor, 'h o']
    b2: Float[Tensor, 'o']


def forward(x: Float[Tensor, 'n i'], p: MlpParams, act: Callable[[Tensor], Tensor]) -> Float[Tensor, 'n o']:
    h = act(x.mm(p.w1).add(p.b1))
    print(h.shape)
    y = h.mm(p.w2).add(p.b2)
    return y.squeeze()
