"""Decides with match."""

from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    match x.shape:
        case (0, _):
            raise ValueError("no rows")
        case (n, 1):
            residual = x * w + b - y
            return 2 * (residual * x).sum(dim=0) / n, 2 * residual.sum(dim=0) / n
        case _:
            raise ValueError("not a column")
