"""Computes in functions inside the function."""

from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    def error() -> Tensor:
        def predict() -> Tensor:
            return x * w + b

        return predict() - y

    return 2 * (error() * x).mean(dim=0), 2 * error().mean(dim=0)
