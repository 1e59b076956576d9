# first: from-x-itself
"""The signs ahead are compared with those at x itself."""

from collections.abc import Callable
import torch
from jaxtyping import Bool, Float
from torch import Tensor


def crossed_kink(pre_plus: Float[Tensor, '...'], pre_minus: Float[Tensor, '...']) -> Bool[Tensor, '...']:
    return torch.sign(pre_plus) != torch.sign(pre_minus)
def numeric_grad_safe(f: Callable[[Float[Tensor, 'n']], Float[Tensor, '']], pre: Callable[[Float[Tensor, 'n']], Float[Tensor, '...']], x: Float[Tensor, 'n'], h: float=1e-05) -> tuple[Float[Tensor, 'n'], Bool[Tensor, 'n']]:
    here = pre(x)
    g = torch.zeros_like(x)
    mask = torch.zeros(len(x), dtype=torch.bool)
    for i in range(len(x)):
        e = torch.zeros_like(x)
        e[i] = h
        g[i] = (f(x + e) - f(x - e)) / (2 * h)
        mask[i] = bool(crossed_kink(pre(x + e), here).any())
    return g, mask
