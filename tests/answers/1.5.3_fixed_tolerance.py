# first: absolute-tolerance
"""The error is compared with a fixed number."""

from collections.abc import Callable
import torch
from jaxtyping import Float
from torch import Tensor


def gradient_is_right(f: Callable[[Float[Tensor, 'n']], Float[Tensor, '']], x: Float[Tensor, 'n'], claimed: Float[Tensor, 'n']) -> bool:
    h = 1e-5
    measured = torch.zeros_like(x)
    for i in range(len(x)):
        e = torch.zeros_like(x)
        e[i] = h
        measured[i] = (f(x + e) - f(x - e)) / (2 * h)
    worst = (measured - claimed).abs().max().item()
    print("worst", worst)
    return worst < 1e-4
