# first: wrong-factor
# says: the sign is turned and a factor 2 is missing
"""Two slips: the wrong sign, and the factor 2 is missing."""

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(x: Float[Tensor, 'n 1'], y: Float[Tensor, 'n 1'], w: Float[Tensor, '1'], b: Float[Tensor, '1']) -> tuple[Float[Tensor, '1'], Float[Tensor, '1']]:
    error = y - (x * w + b)
    return (error * x).mean(0), error.mean(0)
