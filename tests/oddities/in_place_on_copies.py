"""Works in place, on copies of its own."""

from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    r = y.clone().neg_().add_(x * w).add_(b)
    prod = r.clone().mul_(x)
    return prod.sum(dim=0).mul_(2).div_(len(x)), r.sum(dim=0).mul_(2 / len(x))
