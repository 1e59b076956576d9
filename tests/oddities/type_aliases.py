"""Names its types."""

from jaxtyping import Float
from torch import Tensor

Column = Float[Tensor, "n 1"]
One = Float[Tensor, "1"]


def line_grads(x: Column, y: Column, w: One, b: One) -> tuple[One, One]:
    residual = x * w + b - y
    return 2 * (residual * x).mean(dim=0), 2 * residual.mean(dim=0)
