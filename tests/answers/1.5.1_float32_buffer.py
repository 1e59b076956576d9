# first: stored-in-float32
"""The slopes are kept in a float32 tensor."""

from collections.abc import Callable
import torch
from jaxtyping import Float
from torch import Tensor


def numeric_grad(f: Callable[[Float[Tensor, 'n']], Float[Tensor, '']], x: Float[Tensor, 'n'], h: float=1e-05) -> Float[Tensor, 'n']:
    out = torch.zeros(len(x), dtype=torch.float32)
    for i, _ in enumerate(x):
        step = torch.zeros_like(x)
        step[i] += h
        out[i] = (f(x + step) - f(x - step)) / (2 * h)
    return out
