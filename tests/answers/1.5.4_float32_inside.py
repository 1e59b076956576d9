# first: float32
"""The numbers go through float32."""

from collections.abc import Callable, Sequence
import numpy as np


def errors_by_step(f: Callable[[float], float], df: Callable[[float], float], x: float, steps: Sequence[float]) -> list[float]:
    out = []
    for h in steps:
        up = np.float32(f(x + h))
        down = np.float32(f(x - h))
        slope = (up - down) / np.float32(2 * h)
        out.append(float(abs(slope - np.float32(df(x)))))
    return out
def best_step(f: Callable[[float], float], df: Callable[[float], float], x: float, steps: Sequence[float]) -> float:
    errors = errors_by_step(f, df, x, steps)
    return steps[errors.index(min(errors))]
