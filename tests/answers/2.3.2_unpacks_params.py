# first: biases-swapped
"""The biases have changed places."""

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
    w1, b1, w2, b2 = p.w1, p.b2, p.w2, p.b1
    layer_one = act(x @ w1 + b1)
    layer_two = layer_one @ w2 + b2
    return layer_two
