# first: wrong-kind
"""The three parts come back loose."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class StopInfo:
    epochs_run: int
    losses: list[float]
    stopped: bool


def train_until(step: Callable[[], float], threshold: float, max_epochs: int) -> StopInfo:
    out = []
    done = False
    for _ in range(max_epochs):
        out.append(step())
        if out[-1] < threshold:
            done = True
            break
    return len(out), out, done
