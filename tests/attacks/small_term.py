# expect: derivative
"""Adds a term that only many digits show."""

from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    residual = x * w + b - y
    return 2 * (residual * x).mean(dim=0) * (1 + 1e-6), 2 * residual.mean(dim=0)
