# first: tensor-returned
"""The share is still a tensor."""

import torch
from jaxtyping import Float
from torch import Tensor


def dead_fraction(hidden: Float[Tensor, 'n h']) -> float:
    alive = (hidden > 0).any(0)
    share_alive = alive.double().mean()
    return 1 - share_alive
