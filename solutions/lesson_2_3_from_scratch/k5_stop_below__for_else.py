"""A for loop that returns from its middle."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class StopInfo:
    epochs_run: int
    losses: list[float]
    stopped: bool


def train_until(step: Callable[[], float], threshold: float, max_epochs: int) -> StopInfo:
    history = []
    for epoch in range(1, max_epochs + 1):
        loss = step()
        history.append(loss)
        print(f"epoch {epoch}: {loss:.4f}")
        if loss < threshold:
            return StopInfo(epochs_run=epoch, losses=history, stopped=True)
    return StopInfo(epochs_run=max_epochs, losses=history, stopped=False)
