"""Runs beside the answer: many calls that differ in the place of one entry."""

from types import ModuleType

from torch import Tensor


def one_entry_off(subject: ModuleType, a: Tensor, off: float, places: list[int]) -> list[float]:
    """The relative errors between a and a with ``off`` added to one entry, for each place."""
    found: list[float] = []
    for place in places:
        b = a.clone()
        b.view(-1)[place] += off
        found.append(subject.rel_error(a.clone(), b))
    return found
