"""In plain floats, with the derivative of the cross-entropy written out."""

import math
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


def s(t):
    return 1 / (1 + math.exp(-t))


def xor_trace(x: Float[Tensor, "2"], y: float) -> XorTrace:
    x1, x2 = float(x[0]), float(x[1])
    z1 = 5 * x1 + 5 * x2 - 2.5
    z2 = 5 * x1 + 5 * x2 - 7.5
    h1, h2 = s(z1), s(z2)
    logit = 10 * h1 - 10 * h2 - 5
    yhat = s(logit)
    if y == 1:
        dyhat = -1 / yhat
    else:
        dyhat = 1 / (1 - yhat)
    dlogit = dyhat * yhat * (1 - yhat)
    dv = [dlogit * h1, dlogit * h2]
    dh = [10 * dlogit, -10 * dlogit]
    dz = [dh[0] * h1 * (1 - h1), dh[1] * h2 * (1 - h2)]
    dw = [[x1 * dz[0], x1 * dz[1]], [x2 * dz[0], x2 * dz[1]]]
    print(f"x=({x1}, {x2}) y={y}: yhat {yhat:.5f}, dlogit {dlogit:.6f}")
    t = torch.tensor
    return XorTrace(
        t([z1, z2]), t([h1, h2]), logit, yhat, dlogit, t(dv), t(dh), t(dz), t(dw), t(dz)
    )
