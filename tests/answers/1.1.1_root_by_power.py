# first: root
"""Takes the root at the end."""

import torch
from jaxtyping import Float
from torch import Tensor


def mse(pred: Float[Tensor, '*b'], target: Float[Tensor, '*b']) -> Float[Tensor, '']:
    if list(pred.shape) != list(target.shape):
        raise ValueError(f"shapes differ: {pred.shape} and {target.shape}")
    error = pred - target
    n = error.numel()
    total = (error * error).sum()
    return (total / n) ** 0.5
