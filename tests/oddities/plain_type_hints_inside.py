"""Annotates its variables."""

from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    residual: Float[Tensor, "n 1"] = x * w + b - y
    grad_w: Float[Tensor, "1"] = 2 * (residual * x).mean(dim=0)
    grad_b: Float[Tensor, "1"] = 2 * residual.mean(dim=0)
    return grad_w, grad_b
