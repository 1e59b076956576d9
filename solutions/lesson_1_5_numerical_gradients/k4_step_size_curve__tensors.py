"""Tensors on the way, pairs (error, step) and the least of them."""

from collections.abc import Callable, Sequence

import torch


def _error(f: Callable[[float], float], df: Callable[[float], float], x: float, h: float) -> float:
    one, other = torch.tensor([f(x - h), f(x + h)], dtype=torch.float64)
    away = 0.5 * (other - one) / h - df(x)
    return away.abs().item()


def errors_by_step(
    f: Callable[[float], float],
    df: Callable[[float], float],
    x: float,
    steps: Sequence[float],
) -> list[float]:
    return [_error(f, df, x, h) for h in steps]


def best_step(
    f: Callable[[float], float],
    df: Callable[[float], float],
    x: float,
    steps: Sequence[float],
) -> float:
    pairs = sorted((_error(f, df, x, h), h) for h in steps)
    for error, h in pairs:
        print(f"h = {h:.0e}: {error:.1e}")
    return pairs[0][1]
