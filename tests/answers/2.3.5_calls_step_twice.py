# first: two-calls-an-epoch
"""Calls step twice in an epoch."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class StopInfo:
    epochs_run: int
    losses: list[float]
    stopped: bool


def train_until(step: Callable[[], float], threshold: float, max_epochs: int) -> StopInfo:
    losses: list[float] = []
    for epoch in range(max_epochs):
        losses.append(step())
        if step() < threshold:
            return StopInfo(epoch + 1, losses, True)
    return StopInfo(max_epochs, losses, False)
