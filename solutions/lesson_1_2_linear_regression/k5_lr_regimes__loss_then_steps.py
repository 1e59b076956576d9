import math
from typing import Literal

import torch
from jaxtyping import Float
from torch import Tensor


def regime(
    params: Float[Tensor, "t p"], losses: Float[Tensor, "t"]
) -> Literal["too_small", "converging", "oscillating", "diverging"]:
    """Is the loss still falling, and if not, do the parameters stand still?"""
    loss = losses.double()
    if not loss.isfinite().all() or loss[-1] > 3 * loss[0]:
        return "diverging"
    fall = loss[0] - loss[-1]
    still_falling = (loss[-len(loss) // 5] - loss[-1]) / fall
    if still_falling > 0.01:
        return "too_small"
    movement = (params[-1] - params[-2]).abs().max() / (params.amax(0) - params.amin(0)).max()
    return "oscillating" if movement > 0.01 else "converging"
