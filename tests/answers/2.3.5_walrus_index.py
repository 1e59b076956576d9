# first: index-for-count
"""The count is one short when the threshold is reached."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class StopInfo:
    epochs_run: int
    losses: list[float]
    stopped: bool


def train_until(step: Callable[[], float], threshold: float, max_epochs: int) -> StopInfo:
    history = []
    for i in range(max_epochs):
        history.append(current := step())
        if current < threshold:
            return StopInfo(i, history, True)
    return StopInfo(max_epochs, history, False)
