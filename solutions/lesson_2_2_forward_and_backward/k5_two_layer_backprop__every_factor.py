"""Every factor of the chain rule as it comes, nothing cancelled; einsum for the products."""

from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor


@dataclass
class MlpParams:
    w1: Float[Tensor, "i h"]
    b1: Float[Tensor, "h"]
    w2: Float[Tensor, "h o"]
    b2: Float[Tensor, "o"]


def mlp_grads(x: Float[Tensor, "n i"], y: Float[Tensor, "n 1"], p: MlpParams) -> MlpParams:
    with torch.no_grad():
        z1 = torch.einsum("ni,ih->nh", x, p.w1) + p.b1.view(1, -1)
        a1 = z1.clamp(min=0)
        z2 = torch.einsum("nh,ho->no", a1, p.w2) + p.b2.view(1, -1)
        a2 = 1 / (1 + torch.exp(-z2))

        d_a2 = (-(y / a2) + (1 - y) / (1 - a2)) / y.numel()
        d_z2 = d_a2 * a2 * (1 - a2)
        d_a1 = torch.einsum("no,ho->nh", d_z2, p.w2)
        d_z1 = torch.where(a1 > 0, d_a1, 0.0)
        return MlpParams(
            w2=torch.einsum("nh,no->ho", a1, d_z2),
            b2=torch.einsum("no->o", d_z2),
            w1=torch.einsum("ni,nh->ih", x, d_z1),
            b1=torch.einsum("nh->h", d_z1),
        )
