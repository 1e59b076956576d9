"""Names its arguments otherwise."""

from jaxtyping import Float
from torch import Tensor


def line_grads(
    inputs: Float[Tensor, "n 1"],
    targets: Float[Tensor, "n 1"],
    slope: Float[Tensor, "1"],
    offset: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    error = inputs * slope + offset - targets
    return 2 * (error * inputs).mean(dim=0), 2 * error.mean(dim=0)
