# first: arguments-changed
"""Writes into the caller's g."""

from jaxtyping import Float
from torch import Tensor


def relu_back(z: Float[Tensor, '*s'], g: Float[Tensor, '*s']) -> Float[Tensor, '*s']:
    grad = g
    grad[z <= 0] = 0
    return grad
def sigmoid_back(a: Float[Tensor, '*s'], g: Float[Tensor, '*s']) -> Float[Tensor, '*s']:
    return g * (a - a * a)
def tanh_back(a: Float[Tensor, '*s'], g: Float[Tensor, '*s']) -> Float[Tensor, '*s']:
    return g - g * a ** 2
