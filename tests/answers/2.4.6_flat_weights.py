# first: other-shape
"""`w2` is flat."""

from dataclasses import dataclass
import torch
from jaxtyping import Float
from torch import Tensor
import numpy as np


@dataclass
class MlpParams:
    w1: Float[Tensor, 'i h']
    b1: Float[Tensor, 'h']
    w2: Float[Tensor, 'h o']
    b2: Float[Tensor, 'o']


def interpolate(xk: Float[Tensor, 'k'], yk: Float[Tensor, 'k']) -> MlpParams:
    i = np.argsort(xk.numpy())
    x, y = xk.numpy()[i], yk.numpy()[i]
    s = np.diff(y) / np.diff(x)
    c = np.concatenate([s[:1], np.diff(s)])
    return MlpParams(
        w1=torch.ones(1, len(c), dtype=xk.dtype),
        b1=torch.from_numpy(-x[:-1]).to(xk.dtype),
        w2=torch.from_numpy(c),
        b2=torch.from_numpy(y[:1].copy()),
    )
