# first: signs-cancel
"""Differences with opposite signs cancel."""

from torch import Tensor


def rel_error(a: Tensor, b: Tensor, floor: float=1e-12) -> float:
    if a.shape != b.shape:
        raise ValueError(f"{a.shape} is not {b.shape}")
    diff = a - b
    total = abs(diff.sum().item())
    size = a.norm().item() + b.norm().item()
    if size < floor:
        size = floor
    return total / size
