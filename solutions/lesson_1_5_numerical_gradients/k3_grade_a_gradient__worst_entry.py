"""The worst entry against the largest one; the step 1e-6; moved in place and put back."""

import math
from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor


def gradient_is_right(
    f: Callable[[Float[Tensor, "n"]], Float[Tensor, ""]],
    x: Float[Tensor, "n"],
    claimed: Float[Tensor, "n"],
) -> bool:
    h = 1e-6
    worst, largest = 0.0, 0.0
    for i, want in enumerate(claimed.tolist()):
        if math.isnan(want):
            return False
        old = x[i].item()
        x[i] = old + h
        up = f(x).item()
        x[i] = old - h
        down = f(x).item()
        x[i] = old
        slope = (up - down) / (2 * h)
        worst = max(worst, abs(slope - want))
        largest = max(largest, abs(slope))
    return worst < 2e-5 * largest
