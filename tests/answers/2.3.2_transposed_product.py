# first: weights-on-their-side
"""Turns w1 round before the product, as a layer of torch's own does."""

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
    hidden = act(torch.nn.functional.linear(x, p.w1, p.b1))
    return torch.nn.functional.linear(hidden, p.w2.T, p.b2)
