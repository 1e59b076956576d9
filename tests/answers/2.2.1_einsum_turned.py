# first: w-transposed
"""The derivative by w is turned round."""

from jaxtyping import Float
from torch import Tensor
import torch


def linear_forward(x: Float[Tensor, 'n i'], w: Float[Tensor, 'i o'], b: Float[Tensor, 'o']) -> Float[Tensor, 'n o']:
    return torch.addmm(b, x, w)
def linear_backward(x: Float[Tensor, 'n i'], w: Float[Tensor, 'i o'], gout: Float[Tensor, 'n o']) -> tuple[Float[Tensor, 'n i'], Float[Tensor, 'i o'], Float[Tensor, 'o']]:
    gx = torch.matmul(gout, w.t())
    gw = torch.einsum("no,ni->oi", gout, x)
    gb = gout.sum(dim=0)
    return gx, gw, gb
