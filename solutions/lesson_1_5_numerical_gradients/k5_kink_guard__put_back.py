"""In place and put back; products and exact zeros; NaN where nothing can be said."""

from collections.abc import Callable

import torch
from jaxtyping import Bool, Float
from torch import Tensor


def crossed_kink(
    pre_plus: Float[Tensor, "..."], pre_minus: Float[Tensor, "..."]
) -> Bool[Tensor, "..."]:
    opposite = torch.mul(pre_plus, pre_minus) < 0
    left_zero = torch.logical_xor(pre_plus == 0, pre_minus == 0)
    return torch.logical_or(opposite, left_zero)


def numeric_grad_safe(
    f: Callable[[Float[Tensor, "n"]], Float[Tensor, ""]],
    pre: Callable[[Float[Tensor, "n"]], Float[Tensor, "..."]],
    x: Float[Tensor, "n"],
    h: float = 1e-5,
) -> tuple[Float[Tensor, "n"], Bool[Tensor, "n"]]:
    slopes, flags = [], []
    for k in range(x.shape[0]):
        saved = x[k].item()
        x[k] = saved - h
        low, before = float(f(x)), pre(x).clone()
        x[k] = saved + h
        high, after = float(f(x)), pre(x).clone()
        x[k] = saved
        hit = bool(torch.any(crossed_kink(after, before)))
        flags.append(hit)
        slopes.append(float("nan") if hit else (high - low) / (2 * h))
    return torch.tensor(slopes, dtype=torch.float64), torch.tensor(flags)
