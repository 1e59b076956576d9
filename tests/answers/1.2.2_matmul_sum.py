# first: wrong-factor
# says: and `n` is 7 here
"""Sums where means belong."""

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(x: Float[Tensor, 'n 1'], y: Float[Tensor, 'n 1'], w: Float[Tensor, '1'], b: Float[Tensor, '1']) -> tuple[Float[Tensor, '1'], Float[Tensor, '1']]:
    r = x @ w.reshape(1, 1) + b - y
    gw = 2 * (x.T @ r).reshape(1)
    gb = 2 * r.sum().reshape(1)
    return gw, gb
