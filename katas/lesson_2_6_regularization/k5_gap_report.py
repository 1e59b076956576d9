"""Read two curves: has the model learnt too little, enough, or its rows by heart?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class OverfitReport:
    """What two loss curves say.

    Attributes:
        best_epoch: the epoch with the lowest validation loss, counted from 0.
        gap_at_end: the validation loss less the training loss, in the last epoch.
        verdict: ``underfit``, ``good`` or ``overfit``.
    """

    best_epoch: int
    gap_at_end: float
    verdict: Literal["underfit", "good", "overfit"]


def overfit_report(train: Sequence[float], val: Sequence[float]) -> OverfitReport:
    """Report on the losses of a run, one for each epoch: train and val are equally long.

    - best_epoch: of several equal lowest validation losses the first counts.
    - gap_at_end: of the last epoch alone.
    - The tail is the last fifth of the epochs, rounded up, at least one. Single epochs are noisy,
      so the verdict goes by means over the tail.
    - overfit: the mean of val over the tail is more than a tenth above val's lowest value, and
      higher than the mean of train over the tail.
    - underfit: it isn't overfit, and the mean of train over the tail is more than half of train's
      first value.
    - good: all else.
    - Curves of different lengths, or empty ones, raise a ValueError.
    """
    # Your code here.
    raise NotImplementedError
