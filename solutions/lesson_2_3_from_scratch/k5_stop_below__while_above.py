"""Goes on while the loss is not low enough."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class StopInfo:
    epochs_run: int
    losses: list[float]
    stopped: bool


def train_until(step: Callable[[], float], threshold: float, max_epochs: int) -> StopInfo:
    losses: list[float] = []
    loss, epoch = float("inf"), 0
    while loss >= threshold and epoch < max_epochs:
        loss = step()
        losses.append(loss)
        epoch += 1
    return StopInfo(epoch, losses, loss < threshold)
