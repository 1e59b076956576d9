# first: not-divided
"""Divides by 2 and multiplies by h."""

from collections.abc import Callable
import torch
from jaxtyping import Float
from torch import Tensor


def numeric_grad(f: Callable[[Float[Tensor, 'n']], Float[Tensor, '']], x: Float[Tensor, 'n'], h: float=1e-05) -> Float[Tensor, 'n']:
    grads = []
    for i in range(x.shape[0]):
        a = x.clone(); a[i] = a[i] + h
        c = x.clone(); c[i] = c[i] - h
        grads.append((f(a) - f(c)) / 2 * h)
    return torch.stack(grads)
