import math
from typing import Literal

import torch
from jaxtyping import Float
from torch import Tensor


def regime(
    params: Float[Tensor, "t p"], losses: Float[Tensor, "t"]
) -> Literal["too_small", "converging", "oscillating", "diverging"]:
    """Fit a straight line to the logarithm of the step lengths of the second half."""
    if not bool(torch.isfinite(losses).all()) or not bool(torch.isfinite(params).all()):
        return "diverging"
    steps = torch.diff(params, dim=0)
    logs = steps.norm(dim=-1).log()[len(steps) // 2 :]
    t = torch.arange(len(logs), dtype=params.dtype)
    t = t - t.mean()
    rate = (t @ logs / (t @ t)).item()  # change of log length per epoch
    total = rate * len(steps)
    if total > 1.5:
        return "diverging"
    if total < -3.0:
        return "converging"
    if abs(total) < 0.05:
        return "oscillating"
    cos = (steps[-1] @ steps[-2]) / (steps[-1].norm() * steps[-2].norm())
    if cos < 0:
        return "oscillating"
    return "too_small"
