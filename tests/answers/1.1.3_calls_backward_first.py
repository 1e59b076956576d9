# first: own-backward
"""Calls backward() itself, and update does so again."""

from collections.abc import Callable
import torch
from torch import Tensor


def run(loss_of: Callable[[], Tensor], update: Callable[[Tensor], None], epochs: int) -> list[float]:
    all_losses = []
    for e in range(epochs):
        current = loss_of()
        current.backward()
        update(current)
        all_losses.append(current.item())
    return all_losses
