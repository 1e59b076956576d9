# first: no-such-place
# says: Places are counted from 0
"""A place behind the last point is asked for."""

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
    order = xk.argsort()
    x, y = xk[order], yk[order]
    k = len(x)
    w2 = torch.zeros(k - 1, 1)
    before = 0.0
    for i in range(k):
        slope = (y[i + 1] - y[i]) / (x[i + 1] - x[i])
        w2[i, 0] = slope - before
        before = slope
    return MlpParams(torch.ones(1, k - 1), -x[:-1], w2, y[:1])
