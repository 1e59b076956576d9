# first: several-for-one
# says: a tensor of several
"""An if asks a question of a tensor with several numbers."""

from typing import Literal
import torch
from jaxtyping import Float
from torch import Tensor


def regime(params: Float[Tensor, 't p'], losses: Float[Tensor, 't']) -> Literal['too_small', 'converging', 'oscillating', 'diverging']:
    steps = params[1:] - params[:-1]
    first, last = steps[0].abs(), steps[-1].abs()
    if last < first / 100:
        return "converging"
    if last > first:
        return "diverging"
    if losses[-1] < losses[0]:
        return "too_small"
    return "oscillating"
