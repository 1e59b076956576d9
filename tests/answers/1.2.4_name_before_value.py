# first: read-before-assigned
# says: before this function has given it a value
"""`total` is used in the loop before it has a value."""

import torch
from jaxtyping import Float
from torch import Tensor


def grads_multi(x: Float[Tensor, 'n d'], y: Float[Tensor, 'n'], w: Float[Tensor, 'd'], b: Float[Tensor, '1']) -> tuple[Float[Tensor, 'd'], Float[Tensor, '1']]:
    n, d = x.shape
    error = x @ w + b - y
    columns = []
    for j in range(d):
        for i in range(n):
            total += 2 * error[i] * x[i, j] / n
        columns.append(total)
    return torch.stack(columns), (2 * error.mean()).reshape(1)
