"""Computes in a class of its own."""

from jaxtyping import Float
from torch import Tensor


class Line:
    def __init__(self, w: Tensor, b: Tensor) -> None:
        self.w = w
        self.b = b

    def __call__(self, x: Tensor) -> Tensor:
        return x * self.w + self.b

    def backward(self, x: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
        residual = self(x) - y
        return 2 * (residual * x).mean(0), 2 * residual.mean(0)


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    return Line(w, b).backward(x, y)
