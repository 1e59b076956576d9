# first: clamped
"""The probability is cut off, so no loss is above 16.1."""

import torch
from jaxtyping import Float
from torch import Tensor


def bce_with_logits(z: Float[Tensor, 'n'], y: Float[Tensor, 'n']) -> Float[Tensor, '']:
    p = torch.sigmoid(z).clamp(1e-7, 1 - 1e-7)
    losses = torch.where(y > 0.5, -p.log(), -(1 - p).log())
    return losses.mean()
def bce_grad(z: Float[Tensor, 'n'], y: Float[Tensor, 'n']) -> Float[Tensor, 'n']:
    return (torch.sigmoid(z) - y) / z.numel()
