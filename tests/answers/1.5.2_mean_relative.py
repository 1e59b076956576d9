# first: one-side
"""Divides by the size of a alone."""

from torch import Tensor


def rel_error(a: Tensor, b: Tensor, floor: float=1e-12) -> float:
    if a.shape != b.shape:
        raise ValueError("shapes differ")
    top = ((a - b) ** 2).sum().sqrt()
    bottom = (a ** 2).sum().sqrt()
    return float(top) / max(float(bottom), floor)
