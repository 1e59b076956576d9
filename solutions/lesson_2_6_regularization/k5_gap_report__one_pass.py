from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal


@dataclass(frozen=True)
class OverfitReport:
    best_epoch: int
    gap_at_end: float
    verdict: Literal["underfit", "good", "overfit"]


def judged(first: float, train_end: float, lowest: float, val_end: float) -> str:
    rising = val_end - lowest > 0.1 * lowest
    return (
        "overfit"
        if rising and val_end > train_end
        else "underfit"
        if 2 * train_end > first
        else "good"
    )


def overfit_report(train: Sequence[float], val: Sequence[float]) -> OverfitReport:
    if not (len(train) == len(val) > 0):
        raise ValueError
    best = 0
    for epoch in range(1, len(val)):
        if val[epoch] < val[best]:
            best = epoch
    size = max(1, (len(val) + 4) // 5)
    word = judged(train[0], fmean(train[-size:]), val[best], fmean(val[-size:]))
    return OverfitReport(best, val[-1] - train[-1], word)  # type: ignore[arg-type]
