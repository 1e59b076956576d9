# first: absolute-thresholds
"""The steps are compared with a fixed number."""

from typing import Literal
import torch
from jaxtyping import Float
from torch import Tensor


def regime(params: Float[Tensor, 't p'], losses: Float[Tensor, 't']) -> Literal['too_small', 'converging', 'oscillating', 'diverging']:
    steps = params[1:] - params[:-1]
    if not torch.isfinite(params).all() or not torch.isfinite(losses).all():
        return "diverging"
    size = steps.norm(dim=1)
    if size[-1] > size[0] and losses[-1] > losses[0]:
        return "diverging"
    if size[-1] < 1e-3:
        return "converging"
    for j in range(steps.shape[1]):
        s = steps[-10:, j]
        if (s[1:] * s[:-1] < 0).all() and s[-1].abs() > 0.9 * s[0].abs():
            return "oscillating"
    return "too_small"
