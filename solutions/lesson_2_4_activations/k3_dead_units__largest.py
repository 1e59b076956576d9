"""A unit is alive where its largest number is positive."""

from jaxtyping import Float
from torch import Tensor


def dead_fraction(hidden: Float[Tensor, "n h"]) -> float:
    peaks, _ = hidden.max(0)
    print("largest value of each unit:", peaks)
    alive = int((peaks > 0).sum())
    return 1 - alive / hidden.shape[1]
