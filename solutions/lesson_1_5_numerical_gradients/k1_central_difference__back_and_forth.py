"""Forth by h, back by twice that, forth again: x ends where it began, up to rounding."""

from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor


@torch.no_grad()
def numeric_grad(
    f: Callable[[Float[Tensor, "n"]], Float[Tensor, ""]],
    x: Float[Tensor, "n"],
    h: float = 1e-5,
) -> Float[Tensor, "n"]:
    slopes: list[Tensor] = []
    i = 0
    while i < x.numel():
        x[i] += h
        ahead = f(x)
        x[i] -= 2 * h
        behind = f(x)
        x[i] += h
        slopes.append(0.5 * (ahead - behind) / h)
        i += 1
    return torch.stack(slopes)
