"""Unit by unit and example by example, in plain Python."""

from jaxtyping import Float
from torch import Tensor


def is_dead(column: list[float]) -> bool:
    for v in column:
        if v > 0:
            return False
    return True


def dead_fraction(hidden: Float[Tensor, "n h"]) -> float:
    units = hidden.T.tolist()
    count = 0
    for unit in units:
        count += is_dead(unit)
    return count / len(units)
