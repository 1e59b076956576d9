# first: count
"""A count, where a share is asked for."""

import torch
from jaxtyping import Float
from torch import Tensor


def dead_fraction(hidden: Float[Tensor, 'n h']) -> float:
    dead = 0
    for j in range(hidden.shape[1]):
        unit = hidden[:, j]
        if unit.max() <= 0:
            dead = dead + 1
    return float(dead)
