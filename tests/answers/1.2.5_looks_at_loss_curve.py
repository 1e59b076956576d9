# first: losses-only
"""Only the losses are asked."""

from typing import Literal
import torch
from jaxtyping import Float
from torch import Tensor


def regime(params: Float[Tensor, 't p'], losses: Float[Tensor, 't']) -> Literal['too_small', 'converging', 'oscillating', 'diverging']:
    first, last, before = losses[0], losses[-1], losses[-2]
    if not torch.isfinite(losses).all() or last > first:
        return "diverging"
    drops = losses[:-1] - losses[1:]
    if drops[-1] < drops[0] * 1e-4:
        return "converging"
    if (drops < 0).any():
        return "oscillating"
    return "too_small"
