# first: or-equal
"""Stops at the threshold as well."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class StopInfo:
    epochs_run: int
    losses: list[float]
    stopped: bool


def train_until(step: Callable[[], float], threshold: float, max_epochs: int) -> StopInfo:
    losses = []
    stopped = False
    while len(losses) < max_epochs and not stopped:
        losses.append(step())
        stopped = losses[-1] <= threshold
    return StopInfo(len(losses), losses, stopped)
