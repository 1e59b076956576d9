"""NumPy arrays of float64 named, argsort for the best."""

from collections.abc import Callable, Sequence

import numpy as np


def errors_by_step(
    f: Callable[[float], float],
    df: Callable[[float], float],
    x: float,
    steps: Sequence[float],
) -> list[float]:
    h = np.array(list(steps), dtype=np.float64)
    ahead = np.array([f(float(v)) for v in x + h])
    behind = np.array([f(float(v)) for v in x - h])
    slope = (ahead - behind) / h / 2
    return np.absolute(df(x) - slope).tolist()


def best_step(
    f: Callable[[float], float],
    df: Callable[[float], float],
    x: float,
    steps: Sequence[float],
) -> float:
    order = np.argsort(errors_by_step(f, df, x, steps))
    return float(np.asarray(steps)[order[0]])
