# first: wrong-factor
"""Sums over the rows where means belong."""

from dataclasses import dataclass
import torch
from jaxtyping import Float
from torch import Tensor


@dataclass
class MlpParams:
    w1: Float[Tensor, 'i h']
    b1: Float[Tensor, 'h']
    w2: Float[Tensor, 'h o']
    b2: Float[Tensor, 'o']


def mlp_grads(x: Float[Tensor, 'n i'], y: Float[Tensor, 'n 1'], p: MlpParams) -> MlpParams:
    g = MlpParams(torch.zeros_like(p.w1), torch.zeros_like(p.b1), torch.zeros_like(p.w2), torch.zeros_like(p.b2))
    for xi, yi in zip(x, y):
        z = xi @ p.w1 + p.b1
        h = torch.relu(z)
        prob = torch.sigmoid(h @ p.w2 + p.b2)
        d = prob - yi
        g.w2 += torch.outer(h, d)
        g.b2 += d
        dz = (p.w2 @ d) * (z > 0)
        g.w1 += torch.outer(xi, dz)
        g.b1 += dz
    return g
