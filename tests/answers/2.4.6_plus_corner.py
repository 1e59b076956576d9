# first: bias-sign
"""The biases have the wrong sign: mirrored corners."""

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


def interpolate(xk: Float[Tensor, 'k'], yk: Float[Tensor, 'k']) -> MlpParams:
    order = torch.argsort(xk)
    x, y = xk[order], yk[order]
    slope = torch.diff(y) / torch.diff(x)
    change = torch.cat([slope[:1], torch.diff(slope)])
    n = change.numel()
    return MlpParams(torch.ones((1, n)), x[:n], change.view(n, 1), y[0].view(1))
