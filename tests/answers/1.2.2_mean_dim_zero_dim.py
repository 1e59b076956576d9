# first: no-shape
"""The results have no dimensions."""

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(x: Float[Tensor, 'n 1'], y: Float[Tensor, 'n 1'], w: Float[Tensor, '1'], b: Float[Tensor, '1']) -> tuple[Float[Tensor, '1'], Float[Tensor, '1']]:
    error = (x * w + b) - y
    print("error", error.shape)
    dw = 2.0 * torch.mean(error * x)
    db = 2.0 * torch.mean(error)
    return dw, db
