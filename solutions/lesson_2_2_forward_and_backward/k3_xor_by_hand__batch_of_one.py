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


def xor_trace(x: Float[Tensor, "2"], y: float) -> XorTrace:
    row = x.unsqueeze(0)  # a batch of one
    z = torch.mm(row, W.to(x.dtype)).add(B)
    h = z.sigmoid()
    logit = torch.mm(h, V.unsqueeze(1)) + C
    yhat = logit.sigmoid()
    gout = torch.full_like(yhat, y).neg() + yhat
    gv = torch.mm(h.t(), gout)
    gh = torch.mm(gout, V.unsqueeze(0))
    gz = gh * (h - h.square())
    gw = row.t() @ gz
    return XorTrace(
        z=z.squeeze(0),
        h=h.squeeze(0),
        logit=logit.squeeze(),
        yhat=yhat.squeeze(),
        dlogit=gout.squeeze(),
        dv=gv.flatten(),
        dh=gh.flatten(),
        dz=gz.flatten(),
        dw=gw,
        db=gz.sum(dim=0),
    )
