# first: left-moved
"""Moves x in place and never puts it back."""

from collections.abc import Callable
import torch
from jaxtyping import Float
from torch import Tensor


def numeric_grad(f: Callable[[Float[Tensor, 'n']], Float[Tensor, '']], x: Float[Tensor, 'n'], h: float=1e-05) -> Float[Tensor, 'n']:
    result = torch.empty_like(x)
    for k in range(len(x)):
        x[k] += h
        up = f(x)
        x[k] -= 2 * h
        down = f(x)
        result[k] = (up - down) / (2 * h)
    return result
