# first: no-mask
"""No mask of ReLU on the way back."""

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
    n = x.shape[0]
    pre = x @ p.w1 + p.b1
    hid = pre.clamp(min=0)
    out = torch.sigmoid(hid @ p.w2 + p.b2)
    delta2 = (out - y) / n
    delta1 = delta2 @ p.w2.T
    return MlpParams(w1=x.T @ delta1, b1=delta1.sum(0), w2=hid.T @ delta2, b2=delta2.sum(0))
