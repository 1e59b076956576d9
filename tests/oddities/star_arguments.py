"""Passes its arguments on as they come."""

from jaxtyping import Float
from torch import Tensor


def inner(*args: Tensor) -> tuple[Tensor, Tensor]:
    x, y, w, b = args
    residual = x * w + b - y
    return 2 * (residual * x).mean(dim=0), 2 * residual.mean(dim=0)


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    return inner(*(x, y, w, b))
