# first: nan-passes
"""Refuses only where the error is large, and NaN never is."""

from collections.abc import Callable
import torch
from jaxtyping import Float
from torch import Tensor


def gradient_is_right(f: Callable[[Float[Tensor, 'n']], Float[Tensor, '']], x: Float[Tensor, 'n'], claimed: Float[Tensor, 'n']) -> bool:
    h = 1e-5
    for_all = []
    for i in range(len(x)):
        e = torch.zeros_like(x)
        e[i] = h
        for_all.append((f(x + e) - f(x - e)) / (2 * h))
    g = torch.stack(for_all)
    if (g - claimed).norm() > 1e-6 * g.norm():
        return False
    return True
