# first: act-ignored
"""Uses ReLU whatever act is."""

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
    z1 = torch.einsum("ni,ih->nh", x, p.w1) + p.b1
    a1 = torch.maximum(z1, torch.zeros_like(z1))
    return torch.einsum("nh,ho->no", a1, p.w2) + p.b2
