# first: no-epoch
"""With max_epochs 0 the list is empty, and its last entry is asked for."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class StopInfo:
    epochs_run: int
    losses: list[float]
    stopped: bool


def train_until(step: Callable[[], float], threshold: float, max_epochs: int) -> StopInfo:
    losses = []
    for _ in range(max_epochs):
        loss = step()
        losses.append(loss)
        if loss < threshold:
            break
    print("last loss", losses[-1])
    return StopInfo(epochs_run=len(losses), losses=losses, stopped=losses[-1] < threshold)
