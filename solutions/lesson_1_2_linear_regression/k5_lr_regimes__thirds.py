import math
from typing import Literal

import torch
from jaxtyping import Float
from torch import Tensor


def regime(
    params: Float[Tensor, "t p"], losses: Float[Tensor, "t"]
) -> Literal["too_small", "converging", "oscillating", "diverging"]:
    """Compare the first, the second and the last third of the step lengths."""
    if torch.isnan(params).any() or torch.isinf(losses).any() or torch.isnan(losses).any():
        return "diverging"
    d = params[1:] - params[:-1]
    size = torch.sqrt((d**2).sum(1))
    k = len(size) // 3
    early, middle, late = size[:k].mean(), size[k : 2 * k].mean(), size[-k:].mean()
    if late > 2 * early and late > middle:
        return "diverging"
    if late < 0.1 * early:
        return "converging"
    back_and_forth = (torch.sign(d[-k:-1]) * torch.sign(d[-k + 1 :]) < 0).float().mean(0)
    moving = d[-k:].abs().mean(0) > 0.01 * size.max()
    for share, moves in zip(back_and_forth.tolist(), moving.tolist()):
        if moves and share > 0.9:
            return "oscillating"
    return "too_small"
