from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor

W = torch.tensor([[5.0, 5.0], [5.0, 5.0]])
B = torch.tensor([-2.5, -7.5])
V = torch.tensor([10.0, -10.0])
C = -5.0


@dataclass(frozen=True)
class XorTrace:
    z: Float[Tensor, "2"]
    h: Float[Tensor, "2"]
    logit: float | Float[Tensor, ""]
    yhat: float | Float[Tensor, ""]
    dlogit: float | Float[Tensor, ""]
    dv: Float[Tensor, "2"]
    dh: Float[Tensor, "2"]
    dz: Float[Tensor, "2"]
    dw: Float[Tensor, "2 2"]
    db: Float[Tensor, "2"]


class Forward:
    def __init__(self, x):
        x = x.to(torch.float32)
        self.z = torch.einsum("i,ij->j", x, W.float()) + B.float()
        self.h = 1 / (1 + torch.exp(-self.z))
        self.logit = torch.dot(self.h, V.float()) + C
        self.yhat = 1 / (1 + torch.exp(-self.logit))


def xor_trace(x: Float[Tensor, "2"], y: float) -> XorTrace:
    f = Forward(x)
    dlogit = y * (f.yhat - 1) + (1 - y) * f.yhat
    dz = dlogit * V.float() * f.h * torch.exp(-f.z) * f.h
    dw = x.float().reshape(2, 1) * dz.reshape(1, 2)
    fields = dict(z=f.z, h=f.h, logit=f.logit, yhat=f.yhat, dlogit=dlogit)
    return XorTrace(**fields, dv=f.h * dlogit, dh=V.float() * dlogit, dz=dz, dw=dw, db=dz.clone())
