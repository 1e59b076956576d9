# first: gout-ignored
"""Takes gout for ones."""

from jaxtyping import Float
from torch import Tensor
import torch


def linear_forward(x: Float[Tensor, 'n i'], w: Float[Tensor, 'i o'], b: Float[Tensor, 'o']) -> Float[Tensor, 'n o']:
    return x @ w + b
def linear_backward(x: Float[Tensor, 'n i'], w: Float[Tensor, 'i o'], gout: Float[Tensor, 'n o']) -> tuple[Float[Tensor, 'n i'], Float[Tensor, 'i o'], Float[Tensor, 'o']]:
    n, o = gout.shape
    ones = torch.ones(n, o)
    return ones @ w.T, x.T @ ones, ones.sum(0)
