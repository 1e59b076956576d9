# first: stops-at-a-rise
"""Stops as soon as the loss rises."""

from collections.abc import Callable
import torch
from torch import Tensor


def run(loss_of: Callable[[], Tensor], update: Callable[[Tensor], None], epochs: int) -> list[float]:
    losses = []
    previous = float("inf")
    for _ in range(epochs):
        loss = loss_of()
        value = loss.item()
        losses.append(value)
        update(loss)
        if value > previous:
            print("loss is rising, stopping")
            break
        previous = value
    return losses
