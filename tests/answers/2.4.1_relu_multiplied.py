# first: relu-by-arithmetic
"""Minus infinity times 0 is NaN."""

import torch
from jaxtyping import Float
from torch import Tensor


def relu(x: Float[Tensor, '*s']) -> Float[Tensor, '*s']:
    mask = (x > 0).to(x.dtype)
    return mask * x
def sigmoid(x: Float[Tensor, '*s']) -> Float[Tensor, '*s']:
    e = torch.exp(-x.abs())
    return torch.where(x < 0, e, torch.ones_like(x)) / (1 + e)
def tanh(x: Float[Tensor, '*s']) -> Float[Tensor, '*s']:
    e = torch.exp(-2 * x.abs())
    value = (1 - e) / (1 + e)
    return torch.where(x < 0, -value, value)
def softmax(x: Float[Tensor, '*s'], dim: int) -> Float[Tensor, '*s']:
    shifted = x - x.max(dim, keepdim=True)[0]
    weights = shifted.exp()
    return weights / weights.sum(dim=dim, keepdim=True)
