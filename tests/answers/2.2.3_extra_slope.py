# first: not-cancelled
"""The sigmoid's slope is in `dlogit` once more."""

from dataclasses import dataclass
import torch
from jaxtyping import Float
from torch import Tensor
import math


W = torch.tensor([[5.0, 5.0], [5.0, 5.0]])  # W[i, j] leads from input i to hidden unit j


B = torch.tensor([-2.5, -7.5])  # the first unit says "at least one", the second "both"


V = torch.tensor([10.0, -10.0])  # V[j] leads from hidden unit j to the output


C = -5.0


@dataclass(frozen=True)
class XorTrace:
    z: Float[Tensor, '2']
    h: Float[Tensor, '2']
    logit: float | Float[Tensor, '']
    yhat: float | Float[Tensor, '']
    dlogit: float | Float[Tensor, '']
    dv: Float[Tensor, '2']
    dh: Float[Tensor, '2']
    dz: Float[Tensor, '2']
    dw: Float[Tensor, '2 2']
    db: Float[Tensor, '2']


def xor_trace(x: Float[Tensor, '2'], y: float) -> XorTrace:
    z = torch.stack([x[0] * W[0, j] + x[1] * W[1, j] + B[j] for j in range(2)])
    h = torch.sigmoid(z)
    logit = float(h[0] * V[0] + h[1] * V[1] + C)
    yhat = 1 / (1 + math.exp(-logit))
    dlogit = (yhat - y) * yhat * (1 - yhat)
    dv = h * dlogit
    dh = V * dlogit
    dz = dh * (h - h * h)
    dw = x.reshape(2, 1) * dz.reshape(1, 2)
    return XorTrace(z=z, h=h, logit=logit, yhat=yhat, dlogit=dlogit, dv=dv, dh=dh, dz=dz, dw=dw, db=dz)
