"""takewhile on the endless row of steps."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class StopInfo:
    epochs_run: int
    losses: list[float]
    stopped: bool


def train_until(step: Callable[[], float], threshold: float, max_epochs: int) -> StopInfo:
    losses: list[float] = []
    for _, loss in zip(range(max_epochs), iter(step, object())):
        losses.append(loss)
        if loss < threshold:
            break
    return StopInfo(len(losses), losses, bool(losses) and losses[-1] < threshold)
