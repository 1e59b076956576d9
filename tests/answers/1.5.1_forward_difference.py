# first: one-sided
"""A one-sided difference."""

from collections.abc import Callable
import torch
from jaxtyping import Float
from torch import Tensor


def numeric_grad(f: Callable[[Float[Tensor, 'n']], Float[Tensor, '']], x: Float[Tensor, 'n'], h: float=1e-05) -> Float[Tensor, 'n']:
    g = torch.zeros(x.shape[0], dtype=torch.float64)
    base = f(x)
    for i in range(len(x)):
        moved = x.clone()
        moved[i] = moved[i] + h
        g[i] = (f(moved) - base) / h
    return g
