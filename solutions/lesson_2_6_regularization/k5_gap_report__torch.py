from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

import torch


@dataclass(frozen=True)
class OverfitReport:
    best_epoch: int
    gap_at_end: float
    verdict: Literal["underfit", "good", "overfit"]


def overfit_report(train: Sequence[float], val: Sequence[float]) -> OverfitReport:
    n = len(val)
    if n == 0 or n != len(train):
        raise ValueError(f"{len(train)} and {n} losses")
    t = torch.tensor(list(train), dtype=torch.float64)
    v = torch.tensor(list(val), dtype=torch.float64)
    k = ceil(n / 5)
    t_end, v_end = t[n - k :].mean(), v[n - k :].mean()
    if v_end > v.min() * 1.1 and v_end > t_end:
        verdict: Literal["underfit", "good", "overfit"] = "overfit"
    elif t_end > 0.5 * t[0]:
        verdict = "underfit"
    else:
        verdict = "good"
    best = int((v == v.min()).nonzero()[0])
    return OverfitReport(best, (v[-1] - t[-1]).item(), verdict)
