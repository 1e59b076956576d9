"""One epoch, then the rest."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class StopInfo:
    epochs_run: int
    losses: list[float]
    stopped: bool


def train_until(step: Callable[[], float], threshold: float, max_epochs: int) -> StopInfo:
    def rest(left: int, so_far: list[float]) -> StopInfo:
        if left <= 0:
            return StopInfo(len(so_far), so_far, False)
        so_far = [*so_far, step()]
        if so_far[-1] < threshold:
            return StopInfo(len(so_far), so_far, True)
        return rest(left - 1, so_far)

    return rest(max_epochs, [])
