"""Runs beside the answer: functions of one number, and their derivatives."""

import math
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

Pair = tuple[Callable[[Any], float], Callable[[Any], float]]


def wave(scale: float, a: float, b: float, digits: int) -> Pair:
    """scale * tanh(a t + b), rounded to some digits (0: not at all), and its derivative.

    It takes whatever behaves like a number, and works in that number's precision.
    """

    def f(t: Any) -> float:
        value = scale * math.tanh(a * t + b)
        return round(value, digits) if digits else value

    def df(t: Any) -> float:
        return scale * a * (1 - math.tanh(a * t + b) ** 2)

    return f, df


def errors_by_step(
    subject: ModuleType, about: tuple[float, float, float, int], x: float, steps: Sequence[float]
) -> Any:
    """One call of the answer's errors_by_step."""
    return subject.errors_by_step(*wave(*about), x, steps)


def errors_in_turn(
    subject: ModuleType,
    about: tuple[float, float, float, int],
    asked: Sequence[tuple[float, Sequence[float]]],
) -> list[Any]:
    """The answer's errors_by_step for the same functions, at several places in turn."""
    f, df = wave(*about)
    return [subject.errors_by_step(f, df, x, steps) for x, steps in asked]


def best_step(
    subject: ModuleType, about: tuple[float, float, float, int], x: float, steps: Sequence[float]
) -> Any:
    """One call of the answer's best_step."""
    return subject.best_step(*wave(*about), x, steps)
