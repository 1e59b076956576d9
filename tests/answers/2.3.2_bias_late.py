# first: bias-after-activation
"""The hidden bias comes after the activation."""

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
    product = torch.matmul(x, p.w1)
    hidden = act(product) + p.b1
    output = torch.matmul(hidden, p.w2) + p.b2
    return output
