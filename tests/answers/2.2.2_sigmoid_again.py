# first: applied-twice
"""The sigmoid is applied to its own output."""

from jaxtyping import Float
from torch import Tensor
import torch


def relu_back(z: Float[Tensor, '*s'], g: Float[Tensor, '*s']) -> Float[Tensor, '*s']:
    return torch.where(z > 0, g, torch.zeros_like(g))
def sigmoid_back(a: Float[Tensor, '*s'], g: Float[Tensor, '*s']) -> Float[Tensor, '*s']:
    s = 1 / (1 + torch.exp(-a))
    return g * s * (1 - s)
def tanh_back(a: Float[Tensor, '*s'], g: Float[Tensor, '*s']) -> Float[Tensor, '*s']:
    return g * (1 - a.pow(2))
