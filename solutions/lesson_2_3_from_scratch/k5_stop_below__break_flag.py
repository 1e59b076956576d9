"""A flag, a counter and a break."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class StopInfo:
    epochs_run: int
    losses: list[float]
    stopped: bool


def train_until(step: Callable[[], float], threshold: float, max_epochs: int) -> StopInfo:
    losses, count, stopped = [], 0, False
    while True:
        if count >= max_epochs:
            break
        value = float(step())
        count += 1
        losses = losses + [value]
        if threshold > value:
            stopped = True
            break
    return StopInfo(count, losses, stopped)
