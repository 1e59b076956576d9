# first: share-of-entries
"""The share of numbers that are off."""

import torch
from jaxtyping import Float
from torch import Tensor


def dead_fraction(hidden: Float[Tensor, 'n h']) -> float:
    off = 0
    total = 0
    for row in hidden:
        for value in row:
            total += 1
            if value <= 0:
                off += 1
    return off / total
