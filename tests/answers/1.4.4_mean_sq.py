# first: off-diagonal-lost
"""The largest second derivative by a single parameter."""

from jaxtyping import Float
from torch import Tensor

def max_stable_lr(x: Float[Tensor, "n d"]) -> float:
    return 2/max(2.0,float(2*(x**2).mean(0).max()))
