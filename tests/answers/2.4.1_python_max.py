# first: python-max
"""Python's max asks one question of the whole tensor."""

import torch
from jaxtyping import Float
from torch import Tensor


def relu(x: Float[Tensor, '*s']) -> Float[Tensor, '*s']:
    return max(x, 0)
def sigmoid(x: Float[Tensor, '*s']) -> Float[Tensor, '*s']:
    e = torch.exp(-x.abs())
    return torch.where(x >= 0, 1 / (1 + e), e / (1 + e))
def tanh(x: Float[Tensor, '*s']) -> Float[Tensor, '*s']:
    return 2 * sigmoid(2 * x) - 1
def softmax(x: Float[Tensor, '*s'], dim: int) -> Float[Tensor, '*s']:
    e = torch.exp(x - x.amax(dim=dim, keepdim=True))
    return e / e.sum(dim=dim, keepdim=True)
