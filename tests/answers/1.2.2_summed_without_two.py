# first: wrong-factor
# says: half of `n`
"""Two slips: no factor 2, and sums over the rows."""

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(x: Float[Tensor, 'n 1'], y: Float[Tensor, 'n 1'], w: Float[Tensor, '1'], b: Float[Tensor, '1']) -> tuple[Float[Tensor, '1'], Float[Tensor, '1']]:
    residual = x * w + b - y
    dw = (residual * x).sum(dim=0)
    db = residual.sum(dim=0)
    return dw, db
