import math
from typing import Literal

import torch
from jaxtyping import Float
from torch import Tensor


def regime(
    params: Float[Tensor, "t p"], losses: Float[Tensor, "t"]
) -> Literal["too_small", "converging", "oscillating", "diverging"]:
    """Look at the factor from each step to the next in the direction of the last step."""
    if params.isfinite().logical_not().any() or losses.isfinite().logical_not().any():
        return "diverging"
    s = (params[1:] - params[:-1]).numpy()
    direction = s[-1] / max(abs(s[-1]).max(), 1e-300)
    along = s @ direction
    factor = along[-1] / along[-2]
    left = abs(factor) ** len(s)
    if left > 1.5:
        return "diverging"
    if left < 0.05:
        return "converging"
    return "oscillating" if factor < 0 else "too_small"
