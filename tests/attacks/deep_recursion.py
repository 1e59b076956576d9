# expect: deeper than Python goes
"""Calls itself for ever."""

from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    return line_grads(x, y, w, b)
