"""Runs beside the answer: builds expressions of its Values, calls backward, reads data and grad."""

import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

import torch

# The numbers of x, y and z, and the formulas; their results are called a, b, c, ...
Case = tuple[Sequence[float], Sequence[str]]
NUMBERS, RESULTS = "xyz", "abcdefghijkl"

MOST_CALLS = 300_000  # of functions, in one backward; 60 doublings take about a thousand


class Endless(BaseException):
    """A backward that would not come back in this life."""


def expressions(subject: ModuleType, cases: Sequence[Case], backwards: int) -> dict[str, Any]:
    """Work several expressions out, and call backward on the last value of each.

    Returns:
        ``data`` and ``grad`` of all values in a row; ``foreign``: the type of the first result that
        is no Value, with which it ended; ``formula``: the one that it came from.
    """
    made = [_expression(subject, *case, backwards) for case in cases]
    foreign = next((found for found in made if "foreign" in found), None)
    return foreign or {name: torch.cat([found[name] for found in made]) for name in made[0]}


def twice(subject: ModuleType, cases: Sequence[Case]) -> dict[str, Any]:
    """Several expressions after two calls of backward: grad of the values made directly, in a row.

    What computed values hold then is the answer's own business, and doesn't leave this process.
    """
    made = [_expression(subject, *case, 2) for case in cases]
    foreign = next((found for found in made if "foreign" in found), None)
    pairs = zip(made, cases, strict=True)
    return foreign or {"grad": torch.cat([f["grad"][: len(numbers)] for f, (numbers, _) in pairs])}


def shared(subject: ModuleType, a: float, b: float) -> list[float]:
    """Two results of the same two values, differentiated one after the other: their grads."""
    x, y = subject.Value(a), subject.Value(b)
    (x * y).backward()
    first = [float(x.grad), float(y.grad)]
    (x * x).backward()
    return [*first, float(x.grad), float(y.grad)]


def chain(subject: ModuleType, start: float, length: int) -> dict[str, Any]:
    """tanh of tanh of tanh: what came out, and the derivative by the start."""
    x = subject.Value(start)
    value = x
    for _ in range(length):
        value = value.tanh()
    try:
        value.backward()
    except RecursionError:
        return {"recursion": True}
    return {"data": float(value.data), "grad": float(x.grad)}


def doublings(subject: ModuleType, start: float, times: int) -> list[float] | str:
    """x + x of x + x of ...: what came out, and the derivative by the start.

    Returns "endless" when backward makes so many calls that no end is in sight.
    """
    x = subject.Value(start)
    value = x
    for _ in range(times):
        value = value + value
    calls = 0

    def count(*_: Any) -> None:
        nonlocal calls
        calls += 1
        if calls > MOST_CALLS:
            raise Endless

    sys.setprofile(count)
    try:
        value.backward()
    except Endless:
        return "endless"
    finally:
        sys.setprofile(None)
    return [float(value.data), float(x.grad)]


def _expression(
    subject: ModuleType, numbers: Sequence[float], formulas: Sequence[str], backwards: int
) -> dict[str, Any]:
    values: dict[str, Any] = dict(zip(NUMBERS, map(subject.Value, numbers), strict=False))
    for name, formula in zip(RESULTS, formulas, strict=False):
        made = eval(formula, {}, values)
        if not isinstance(made, subject.Value):
            return {"foreign": type(made).__name__, "formula": formula}
        values[name] = made
    for _ in range(backwards):
        values[RESULTS[len(formulas) - 1]].backward()
    return {
        "data": torch.tensor([float(v.data) for v in values.values()]),
        "grad": torch.tensor([float(v.grad) for v in values.values()]),
    }
