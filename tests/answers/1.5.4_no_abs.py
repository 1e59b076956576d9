# first: signed
"""The errors have a sign."""

from collections.abc import Callable, Sequence


def errors_by_step(f: Callable[[float], float], df: Callable[[float], float], x: float, steps: Sequence[float]) -> list[float]:
    result = []
    true = df(x)
    for h in steps:
        estimate = (f(x + h) - f(x - h)) / (h + h)
        result.append(estimate - true)
    return result
def best_step(f: Callable[[float], float], df: Callable[[float], float], x: float, steps: Sequence[float]) -> float:
    errs = errors_by_step(f, df, x, steps)
    return steps[errs.index(min(errs))]
