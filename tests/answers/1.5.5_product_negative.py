# first: zeros-missed
"""A zero that was moved away goes unseen."""

from collections.abc import Callable
import torch
from jaxtyping import Bool, Float
from torch import Tensor


def crossed_kink(pre_plus: Float[Tensor, '...'], pre_minus: Float[Tensor, '...']) -> Bool[Tensor, '...']:
    return pre_plus * pre_minus < 0
def numeric_grad_safe(f: Callable[[Float[Tensor, 'n']], Float[Tensor, '']], pre: Callable[[Float[Tensor, 'n']], Float[Tensor, '...']], x: Float[Tensor, 'n'], h: float=1e-05) -> tuple[Float[Tensor, 'n'], Bool[Tensor, 'n']]:
    n = x.numel()
    grad = torch.zeros(n, dtype=torch.float64)
    mask = torch.zeros(n, dtype=torch.bool)
    for i in range(n):
        e = torch.zeros_like(x)
        e[i] = h
        grad[i] = (f(x + e) - f(x - e)) / (2 * h)
        mask[i] = crossed_kink(pre(x + e), pre(x - e)).any()
    return grad, mask
