# expect: too many parts
"""Gives a list of a million items."""

from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    return [0] * 1_000_000
