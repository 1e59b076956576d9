import math
from typing import Literal

import torch
from jaxtyping import Float
from torch import Tensor


def regime(
    params: Float[Tensor, "t p"], losses: Float[Tensor, "t"]
) -> Literal["too_small", "converging", "oscillating", "diverging"]:
    """Count the changes of direction, parameter by parameter, in plain Python."""
    rows = params.tolist()
    if not all(math.isfinite(v) for row in rows for v in row):
        return "diverging"
    if not all(map(math.isfinite, losses.tolist())) or losses[-1] > 2 * losses[0]:
        return "diverging"
    width = max(max(c) - min(c) for c in zip(*rows))
    swings = 0
    for column in zip(*rows):
        moves = [b - a for a, b in zip(column, column[1:])]
        half = moves[len(moves) // 2 :]
        flips = sum(a * b < 0 for a, b in zip(half, half[1:]))
        if flips >= len(half) - 1 and abs(moves[-1]) > 0.05 * width:
            swings += 1
    if swings:
        return "oscillating"
    way = max(abs(a - b) for a, b in zip(rows[-1], rows[-len(rows) // 4]))
    return "too_small" if way > 0.02 * width else "converging"
