# first: annotation-missing
"""Has lost the annotation of the result."""

from jaxtyping import Float
from torch import Tensor


def mse(pred: Float[Tensor, "*b"], target: Float[Tensor, "*b"]):
    if pred.shape != target.shape:
        raise ValueError("shapes")
    return ((pred - target) ** 2).mean()
