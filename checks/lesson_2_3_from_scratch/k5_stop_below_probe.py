"""Runs beside the answer: a step whose thousands of calls need not cross to the judge."""

from collections.abc import Callable
from types import ModuleType


def script(_: ModuleType, losses: list[float]) -> Callable[[], float]:
    """A step that plays back these losses, one a call, and goes on with the last."""
    rest = iter(losses)
    return lambda: next(rest, losses[-1])
