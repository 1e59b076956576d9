# first: not-the-step
"""`best_step` returns the place of the step."""

from collections.abc import Callable, Sequence


def errors_by_step(f: Callable[[float], float], df: Callable[[float], float], x: float, steps: Sequence[float]) -> list[float]:
    return [abs((f(x + h) - f(x - h)) / (2 * h) - df(x)) for h in steps]
def best_step(f: Callable[[float], float], df: Callable[[float], float], x: float, steps: Sequence[float]) -> float:
    errors = errors_by_step(f, df, x, steps)
    best = 0
    for i, e in enumerate(errors):
        if e < errors[best]:
            best = i
    return float(best)
