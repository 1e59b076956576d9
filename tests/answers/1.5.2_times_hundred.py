# first: in-percent
"""Percent come back."""

from torch import Tensor


def rel_error(a: Tensor, b: Tensor, floor: float=1e-12) -> float:
    if a.shape != b.shape:
        raise ValueError("a and b differ in shape")
    size = max((a.norm() + b.norm()).item(), floor)
    share = (a - b).norm().item() / size
    return share * 100
