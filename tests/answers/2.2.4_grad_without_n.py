# first: wrong-factor
"""The derivative lacks its 1/n."""

import torch
from jaxtyping import Float
from torch import Tensor


def bce_with_logits(z: Float[Tensor, 'n'], y: Float[Tensor, 'n']) -> Float[Tensor, '']:
    return (torch.nn.functional.softplus(z) - y * z).mean()
def bce_grad(z: Float[Tensor, 'n'], y: Float[Tensor, 'n']) -> Float[Tensor, 'n']:
    result = torch.zeros_like(z)
    for i in range(len(z)):
        result[i] = torch.sigmoid(z[i]) - y[i]
    return result
