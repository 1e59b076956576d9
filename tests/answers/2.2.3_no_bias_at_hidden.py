# first: bias-left-out
"""The biases of the hidden units take no part."""

from dataclasses import dataclass
import torch
from jaxtyping import Float
from torch import Tensor


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
    z = x @ W
    h = torch.sigmoid(z)
    logit = (h * V).sum() + C
    yhat = torch.sigmoid(logit)
    dlogit = yhat - y
    dz = dlogit * V * h * (1 - h)
    return XorTrace(z=z, h=h, logit=logit, yhat=yhat, dlogit=dlogit, dv=dlogit * h, dh=dlogit * V, dz=dz, dw=x[:, None] * dz, db=dz)
