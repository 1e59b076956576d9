"""Numbers that a suite measures: what a docstring cites as the worst seen, and its limit.

Judging goes on without them; `kata dev measure` listens.
"""

import contextlib
import math
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """A number that a check measured.

    Attributes:
        name: what it is.
        value: the number.
        most: it must not be above this; or None.
        least: it must not be below this; or None.
    """

    name: str
    value: float
    most: float | None
    least: float | None

    @property
    def used(self) -> float:
        """How much of what is allowed is used up: 1 at the limit, above 1 beyond it."""
        if math.isnan(self.value):
            return math.inf
        part, whole = 0.0, 1.0
        if self.most is not None:
            part, whole = self.value, self.most
        elif self.least is not None:
            part, whole = self.least, self.value
        return part / whole if whole > 0 else math.inf


def measured(
    name: str, value: float, most: float | None = None, least: float | None = None
) -> float:
    """Tell a number to `kata dev measure`, with its limit; it judges nothing.

    Args:
        name: what it is, the same at every seed: "the smallest loss without noise".
        value: the number; comes back, so that a check can go on with it.
        most: the largest that the check allows.
        least: the smallest that the check allows.
    """
    if _heard:
        _heard[-1].append(Measure(name, float(value), most, least))
    return value


@contextlib.contextmanager
def listening() -> Iterator[list[Measure]]:
    """What is measured meanwhile."""
    _heard.append([])
    try:
        yield _heard[-1]
    finally:
        _heard.pop()


_heard: list[list[Measure]] = []
