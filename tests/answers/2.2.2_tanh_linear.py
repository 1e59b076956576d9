# first: tanh-not-squared
"""The slope of tanh lacks its square."""

from jaxtyping import Float
from torch import Tensor


def relu_back(z: Float[Tensor, '*s'], g: Float[Tensor, '*s']) -> Float[Tensor, '*s']:
    mask = (z > 0).to(g.dtype)
    return mask * g
def sigmoid_back(a: Float[Tensor, '*s'], g: Float[Tensor, '*s']) -> Float[Tensor, '*s']:
    slope = a * (1.0 - a)
    return g.mul(slope)
def tanh_back(a: Float[Tensor, '*s'], g: Float[Tensor, '*s']) -> Float[Tensor, '*s']:
    slope = 1.0 - a
    return g.mul(slope)
