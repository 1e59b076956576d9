# first: none
# says: no end is in sight
"""The counter never grows: the loop has no end."""

from collections.abc import Callable
import torch
from torch import Tensor


def run(loss_of: Callable[[], Tensor], update: Callable[[Tensor], None], epochs: int) -> list[float]:
    losses = []
    epoch = 0
    while epoch < epochs:
        loss = loss_of()
        losses.append(loss.item())
        update(loss)
    return losses
