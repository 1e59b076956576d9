# first: relu-if
"""An if asks one question of a whole tensor."""

from jaxtyping import Float
from torch import Tensor


def relu_back(z: Float[Tensor, '*s'], g: Float[Tensor, '*s']) -> Float[Tensor, '*s']:
    if z > 0:
        return g
    else:
        return 0 * g
def sigmoid_back(a: Float[Tensor, '*s'], g: Float[Tensor, '*s']) -> Float[Tensor, '*s']:
    slope = a * (1 - a)
    return slope * g
def tanh_back(a: Float[Tensor, '*s'], g: Float[Tensor, '*s']) -> Float[Tensor, '*s']:
    slope = 1 - a * a
    return slope * g
