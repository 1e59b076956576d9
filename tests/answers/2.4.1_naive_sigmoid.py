# first: overflow
"""exp overflows for large x, and inf / inf is NaN."""

import torch
from jaxtyping import Float
from torch import Tensor


def relu(x: Float[Tensor, '*s']) -> Float[Tensor, '*s']:
    return torch.where(x > 0, x, torch.zeros_like(x))
def sigmoid(x: Float[Tensor, '*s']) -> Float[Tensor, '*s']:
    e = x.exp()
    return e / (e + 1)
def tanh(x: Float[Tensor, '*s']) -> Float[Tensor, '*s']:
    t = torch.exp(-2 * x.abs())
    return torch.sign(x) * (1 - t) / (1 + t)
def softmax(x: Float[Tensor, '*s'], dim: int) -> Float[Tensor, '*s']:
    e = torch.exp(x - x.amax(dim, keepdim=True))
    return e / e.sum(dim, keepdim=True)
