# first: wrong-factor
"""The derivatives by the biases are averaged twice."""

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
    z = torch.addmm(p.b1, x, p.w1)
    h = torch.where(z > 0, z, 0.0)
    q = 1 / (1 + torch.exp(-(h @ p.w2 + p.b2)))
    dlogit = (q - y) / len(x)
    dz = torch.where(z > 0, dlogit @ p.w2.T, 0.0)
    dw2 = h.T @ dlogit
    db2 = dlogit.mean(dim=0)
    dw1 = x.T @ dz
    db1 = dz.mean(dim=0)
    return MlpParams(dw1, db1, dw2, db2)
