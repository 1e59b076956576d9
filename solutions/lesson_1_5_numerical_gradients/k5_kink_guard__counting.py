"""Three truth tables, an int count of crossings, a helper for the two places."""

from collections.abc import Callable

import torch
from jaxtyping import Bool, Float
from torch import Tensor


def crossed_kink(
    pre_plus: Float[Tensor, "..."], pre_minus: Float[Tensor, "..."]
) -> Bool[Tensor, "..."]:
    up, down = pre_plus > 0, pre_plus < 0
    other_up, other_down = pre_minus > 0, pre_minus < 0
    return ~((up == other_up) & (down == other_down))


def _both(x: Tensor, i: int, h: float) -> tuple[Tensor, Tensor]:
    ahead, behind = x.clone(), x.clone()
    ahead[i] += h
    behind[i] -= h
    return ahead, behind


@torch.no_grad()
def numeric_grad_safe(
    f: Callable[[Float[Tensor, "n"]], Float[Tensor, ""]],
    pre: Callable[[Float[Tensor, "n"]], Float[Tensor, "..."]],
    x: Float[Tensor, "n"],
    h: float = 1e-5,
) -> tuple[Float[Tensor, "n"], Bool[Tensor, "n"]]:
    g = torch.empty(x.numel(), dtype=torch.float64)
    crossings = torch.empty(x.numel(), dtype=torch.int64)
    for i in range(x.numel()):
        ahead, behind = _both(x, i, h)
        g[i] = (f(ahead) - f(behind)) / h / 2
        crossings[i] = crossed_kink(pre(ahead), pre(behind)).sum()
    print(crossings.tolist())
    return g, crossings > 0
