"""Gives tensors of a class of its own that changes nothing."""

from jaxtyping import Float
from torch import Tensor


class Noted(Tensor):
    note = "by hand"


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    residual = x * w + b - y
    return (2 * (residual * x).mean(dim=0)).as_subclass(Noted), (
        2 * residual.mean(dim=0)
    ).as_subclass(Noted)
