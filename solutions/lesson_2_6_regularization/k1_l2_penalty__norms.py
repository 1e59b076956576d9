from collections.abc import Iterable

import torch
from jaxtyping import Float
from torch import Tensor


def half_square(p: Tensor) -> Tensor:
    flat = p.reshape(-1)
    return torch.einsum("i,i->", flat, flat) / 2


def l2_penalty(params: Iterable[Tensor], lam: float) -> Float[Tensor, ""]:
    first, *rest = params
    out = half_square(first)
    for p in rest:
        out += half_square(p)
    return lam * out
