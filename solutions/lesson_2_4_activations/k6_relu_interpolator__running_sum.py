"""A running sum of the slopes so far, units stretched to the gaps, float32 by name."""

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


def interpolate(xk: Float[Tensor, "k"], yk: Float[Tensor, "k"]) -> MlpParams:
    xs = xk.tolist()
    idx = sorted(range(len(xs)), key=lambda i: xs[i])
    h = len(xs) - 1
    w1 = torch.zeros((1, h), dtype=torch.float32)
    b1 = torch.zeros(h, dtype=torch.float32)
    w2 = torch.zeros((h, 1), dtype=torch.float32)
    so_far = 0.0
    for j in range(h):
        left, right = idx[j], idx[j + 1]
        gap = float(xk[right] - xk[left])
        slope = float(yk[right] - yk[left]) / gap
        w1[0, j] = 1 / gap
        b1[j] = -xs[left] / gap
        w2[j, 0] = (slope - so_far) * gap
        so_far = slope
    b2 = torch.tensor([yk[idx[0]].item()], dtype=torch.float32)
    print(w2.flatten())
    return MlpParams(w1, b1, w2, b2)
