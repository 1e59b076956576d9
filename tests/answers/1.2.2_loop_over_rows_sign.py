# first: opposite-sign
# says: both have the right size but the opposite sign
"""The difference is turned round without a minus: both signs are wrong."""

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(x: Float[Tensor, 'n 1'], y: Float[Tensor, 'n 1'], w: Float[Tensor, '1'], b: Float[Tensor, '1']) -> tuple[Float[Tensor, '1'], Float[Tensor, '1']]:
    n = x.shape[0]
    dw = torch.zeros(1)
    db = torch.zeros(1)
    for i in range(n):
        guess = w * x[i] + b
        miss = y[i] - guess
        dw = dw + 2 / n * miss * x[i]
        db = db + 2 / n * miss
    return dw, db
