# first: two-names-one-tensor
"""Plus and minus are one tensor: all slopes zero."""

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
