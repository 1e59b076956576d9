# first: two-names-one-tensor
"""Ahead and behind are one tensor, so every slope is 0."""

from collections.abc import Callable
import torch
from jaxtyping import Float
from torch import Tensor


def numeric_grad(f: Callable[[Float[Tensor, 'n']], Float[Tensor, '']], x: Float[Tensor, 'n'], h: float=1e-05) -> Float[Tensor, 'n']:
    slopes = []
    for i in range(x.numel()):
        plus = x.clone()
        minus = plus
        plus[i] += h
        minus[i] -= h
        slopes.append((f(plus) - f(minus)) / (2 * h))
    return torch.stack(slopes)
