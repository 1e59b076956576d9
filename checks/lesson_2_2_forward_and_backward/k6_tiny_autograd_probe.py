"""Runs beside the answer: builds expressions of its Values, calls backward, reads data and grad."""

import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

import torch

MOST_CALLS = 300_000  # of functions, in one backward; 60 doublings take about a thousand


class Endless(BaseException):
    """A backward that would not come back in this life."""


def expression(
    subject: ModuleType, numbers: Sequence[float], steps: Sequence[Sequence[Any]], backwards: int
) -> dict[str, Any]:
    """Build one expression, and call backward on its last value.

    Args:
        subject: the answer.
        numbers: of the values made directly.
        steps: an operation, the number of its first value, and that of its second or a plain
            number; see `_step`. Each makes one more value.
        backwards: how often backward is called.

    Returns:
        ``data`` and ``grad`` of all values; ``foreign``: the type of the first result that is no
        Value, with which it ended; ``step``: which one that was.
    """
    values = [subject.Value(n) for n in numbers]
    for k, step in enumerate(steps):
        made = _step(values, *step)
        if not isinstance(made, subject.Value):
            return {"foreign": type(made).__name__, "step": k}
        values.append(made)
    for _ in range(backwards):
        values[-1].backward()
    return {
        "data": torch.tensor([float(v.data) for v in values]),
        "grad": torch.tensor([float(v.grad) for v in values]),
    }


def expressions(
    subject: ModuleType, cases: Sequence[tuple[Sequence[float], Sequence[Sequence[Any]]]]
) -> dict[str, Any]:
    """Several expressions, each with its numbers and its steps: all data and grad in a row.

    Returns:
        As `expression`; it ends with the first in which a result is no Value.
    """
    made = [expression(subject, numbers, steps, 1) for numbers, steps in cases]
    foreign = next((found for found in made if "foreign" in found), None)
    return foreign or {name: torch.cat([found[name] for found in made]) for name in made[0]}


def twice(
    subject: ModuleType, cases: Sequence[tuple[Sequence[float], Sequence[Sequence[Any]]]]
) -> dict[str, Any]:
    """Several expressions after two calls of backward: grad of the values made directly, in a row.

    What computed values hold then is the answer's own business, and doesn't leave this process.
    """
    made = [expression(subject, numbers, steps, 2) for numbers, steps in cases]
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


def _step(values: list[Any], op: str, i: int, other: Any = None) -> Any:
    x = values[i]
    match op:
        case "x + y":
            return x + values[other]
        case "x * y":
            return x * values[other]
        case "x + 2":
            return x + other
        case "x * 2":
            return x * other
        case "2 + x":
            return other + x
        case "2 * x":
            return other * x
        case "x ** 2":
            return x**other
        case _:
            return getattr(x, op)()
