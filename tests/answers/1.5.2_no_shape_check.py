# first: stretched
"""The shapes are not compared, so torch stretches them."""

from torch import Tensor


def rel_error(a: Tensor, b: Tensor, floor: float=1e-12) -> float:
    distance = (a - b).norm()
    size = a.norm() + b.norm()
    return (distance / size.clamp(min=floor)).item()
