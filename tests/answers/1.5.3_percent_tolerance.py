# first: too-loose
"""Accepts errors of up to one percent."""

from collections.abc import Callable
import torch
from jaxtyping import Float
from torch import Tensor


def gradient_is_right(f: Callable[[Float[Tensor, 'n']], Float[Tensor, '']], x: Float[Tensor, 'n'], claimed: Float[Tensor, 'n']) -> bool:
    eye = torch.eye(len(x), dtype=torch.float64) * 1e-5
    g = torch.stack([(f(x + row) - f(x - row)) / 2e-5 for row in eye])
    error = (g - claimed).norm()
    return bool(error <= 0.01 * g.norm())
