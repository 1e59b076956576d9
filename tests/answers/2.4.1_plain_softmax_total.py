# first: softmax-total
"""Two slips in softmax: nothing is subtracted, and the whole tensor is summed."""

import torch
from jaxtyping import Float
from torch import Tensor


def relu(x: Float[Tensor, '*s']) -> Float[Tensor, '*s']:
    return torch.maximum(x, torch.zeros_like(x))
def sigmoid(x: Float[Tensor, '*s']) -> Float[Tensor, '*s']:
    e = torch.exp(-abs(x))
    return torch.where(x > 0, 1 / (1 + e), e / (1 + e))
def tanh(x: Float[Tensor, '*s']) -> Float[Tensor, '*s']:
    return sigmoid(2 * x) * 2 - 1
def softmax(x: Float[Tensor, '*s'], dim: int) -> Float[Tensor, '*s']:
    e = torch.exp(x)
    return e / e.sum()
