# first: entries-dropped
"""The flagged entries are left out."""

from collections.abc import Callable
import torch
from jaxtyping import Bool, Float
from torch import Tensor


def crossed_kink(pre_plus: Float[Tensor, '...'], pre_minus: Float[Tensor, '...']) -> Bool[Tensor, '...']:
    return torch.sign(pre_plus) != torch.sign(pre_minus)
def numeric_grad_safe(f: Callable[[Float[Tensor, 'n']], Float[Tensor, '']], pre: Callable[[Float[Tensor, 'n']], Float[Tensor, '...']], x: Float[Tensor, 'n'], h: float=1e-05) -> tuple[Float[Tensor, 'n'], Bool[Tensor, 'n']]:
    slopes, flags = [], []
    for i in range(len(x)):
        p, m = x.clone(), x.clone()
        p[i] += h
        m[i] -= h
        slopes.append(((f(p) - f(m)) / (2 * h)).item())
        flags.append(bool(crossed_kink(pre(p), pre(m)).any()))
    mask = torch.tensor(flags)
    grad = torch.tensor(slopes, dtype=torch.float64)
    return grad[~mask], mask
