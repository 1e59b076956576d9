# first: epochs-miscounted
"""One epoch too many: the counter may reach epochs."""

from collections.abc import Callable
import torch
from torch import Tensor


def run(loss_of: Callable[[], Tensor], update: Callable[[Tensor], None], epochs: int) -> list[float]:
    losses = []
    epoch = 0
    while epoch <= epochs:
        loss = loss_of()
        losses.append(float(loss))
        update(loss)
        epoch += 1
    return losses
