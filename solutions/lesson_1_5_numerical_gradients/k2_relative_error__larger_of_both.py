"""Plain numbers in a loop, divided by the larger of the two sizes."""

import math

from torch import Tensor


def _length(numbers: list[float]) -> float:
    return math.sqrt(sum(v * v for v in numbers))


def rel_error(a: Tensor, b: Tensor, floor: float = 1e-12) -> float:
    assert a.shape == b.shape, "these don't fit"
    one, other = a.flatten().tolist(), b.flatten().tolist()
    away = _length([p - q for p, q in zip(one, other)])
    return away / max(_length(one), _length(other), floor)
