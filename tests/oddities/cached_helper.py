"""Remembers a helper's results."""

import functools

from jaxtyping import Float
from torch import Tensor


@functools.lru_cache
def factor(n: int) -> float:
    return 2 / n


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    residual = x * w + b - y
    n = len(x)
    return factor(n) * (residual * x).sum(dim=0), factor(n) * residual.sum(dim=0)
