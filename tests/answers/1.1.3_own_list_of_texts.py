# first: wrong-kind
"""Formatted texts are kept, not numbers."""

from collections.abc import Callable
import torch
from torch import Tensor


def run(loss_of: Callable[[], Tensor], update: Callable[[Tensor], None], epochs: int) -> list[float]:
    losses = []
    for epoch in range(epochs):
        loss = loss_of()
        losses.append(f"{loss.item():.4f}")
        update(loss)
    return losses
