# first: no-mask
"""Two slips: sums for means, and no mask of ReLU."""

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
    h = (x @ p.w1 + p.b1).clamp_min(0)
    prob = torch.sigmoid(h @ p.w2 + p.b2)
    d = prob - y
    back = d @ p.w2.T
    return MlpParams(x.T @ back, back.sum(0), h.T @ d, d.sum(0))
