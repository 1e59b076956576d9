# first: gives-up-early
"""Gives up when the loss has not improved for three epochs."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class StopInfo:
    epochs_run: int
    losses: list[float]
    stopped: bool


def train_until(step: Callable[[], float], threshold: float, max_epochs: int) -> StopInfo:
    losses, best, bad = [], float("inf"), 0
    for _ in range(max_epochs):
        loss = step()
        losses.append(loss)
        if loss < threshold:
            return StopInfo(len(losses), losses, True)
        bad = 0 if loss < best else bad + 1
        best = min(best, loss)
        if bad == 3:
            break
    return StopInfo(len(losses), losses, False)
