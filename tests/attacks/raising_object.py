# expect: stopped itself
"""Gives an object that raises at every touch."""

from jaxtyping import Float
from torch import Tensor


class Prickly:
    def __getattribute__(self, name: str) -> object:
        raise SystemExit(0)

    def __iter__(self):
        raise SystemExit(0)


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    return Prickly(), Prickly()
