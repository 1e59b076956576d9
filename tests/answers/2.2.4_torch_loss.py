# first: torch-loss
"""Torch's own loss does the work."""

import torch
from jaxtyping import Float
from torch import Tensor


def bce_with_logits(z: Float[Tensor, 'n'], y: Float[Tensor, 'n']) -> Float[Tensor, '']:
    return torch.nn.functional.binary_cross_entropy_with_logits(z, y)
def bce_grad(z: Float[Tensor, 'n'], y: Float[Tensor, 'n']) -> Float[Tensor, 'n']:
    return (torch.sigmoid(z) - y) / z.shape[0]
