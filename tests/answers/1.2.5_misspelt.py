# first: wrong-kind
# says: 'too small', but it should be one of 'too_small'
"""The words are other ones than those of the signature."""

from typing import Literal
import torch
from jaxtyping import Float
from torch import Tensor


def regime(params: Float[Tensor, 't p'], losses: Float[Tensor, 't']) -> Literal['too_small', 'converging', 'oscillating', 'diverging']:
    s = params.diff(dim=0)
    if torch.isnan(params).any() or torch.isinf(params).any() or torch.isnan(losses).any() or torch.isinf(losses).any():
        return "diverge"
    n = s.norm(dim=1)
    if n[-1] > 1.5 * n[0] and losses[-1] > losses[0]:
        return "diverge"
    if n[-1] < n[0] / 100:
        return "converge"
    turn = (s[-6:-1] * s[-5:] < 0).all(dim=0) & (s[-1].abs() > 0.9 * s[-5].abs())
    if turn.any():
        return "oscillate"
    return "too small"
