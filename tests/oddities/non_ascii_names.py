"""Uses names outside ASCII."""

from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    größe = len(x)
    ŷ = x * w + b
    δ = ŷ - y
    return 2 * (δ * x).sum(dim=0) / größe, 2 * δ.sum(dim=0) / größe
