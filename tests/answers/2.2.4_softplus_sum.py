# first: wrong-factor
"""The loss is a sum over the examples."""

import torch
from jaxtyping import Float
from torch import Tensor


def bce_with_logits(z: Float[Tensor, 'n'], y: Float[Tensor, 'n']) -> Float[Tensor, '']:
    big = torch.maximum(z, torch.zeros_like(z))
    small = torch.log1p(torch.exp(-z.abs()))
    return (big - z * y + small).sum()
def bce_grad(z: Float[Tensor, 'n'], y: Float[Tensor, 'n']) -> Float[Tensor, 'n']:
    return (torch.sigmoid(z) - y) / len(y)
