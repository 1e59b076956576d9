# first: zero-only
"""Negative numbers don't count as off."""

import torch
from jaxtyping import Float
from torch import Tensor


def dead_fraction(hidden: Float[Tensor, 'n h']) -> float:
    dead = (hidden == 0).all(dim=0)
    return dead.sum().item() / dead.numel()
