# first: all-for-any
"""A flag is set only when every number crosses."""

from collections.abc import Callable
import torch
from jaxtyping import Bool, Float
from torch import Tensor


def crossed_kink(pre_plus: Float[Tensor, '...'], pre_minus: Float[Tensor, '...']) -> Bool[Tensor, '...']:
    return pre_plus.sign().ne(pre_minus.sign())
def numeric_grad_safe(f: Callable[[Float[Tensor, 'n']], Float[Tensor, '']], pre: Callable[[Float[Tensor, 'n']], Float[Tensor, '...']], x: Float[Tensor, 'n'], h: float=1e-05) -> tuple[Float[Tensor, 'n'], Bool[Tensor, 'n']]:
    grad = torch.empty_like(x)
    mask = torch.empty(x.shape, dtype=torch.bool)
    for i in range(len(x)):
        old = x[i].item()
        x[i] = old + h
        f1, p1 = f(x), pre(x).clone()
        x[i] = old - h
        f2, p2 = f(x), pre(x).clone()
        x[i] = old
        grad[i] = (f1 - f2) / (2 * h)
        crossed = crossed_kink(p1, p2)
        mask[i] = crossed.sum() == crossed.numel()
    return grad, mask
