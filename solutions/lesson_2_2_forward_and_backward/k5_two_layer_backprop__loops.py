"""Row by row and unit by unit, in plain floats; the mean is taken at the end."""

import math
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
    n, i = x.shape
    units = range(p.w1.size(1))
    total = MlpParams(*[torch.zeros_like(t) for t in (p.w1, p.b1, p.w2, p.b2)])
    for row, label in zip(x, y):
        pre = [float(p.b1[j]) + sum(float(row[k] * p.w1[k, j]) for k in range(i)) for j in units]
        out = [max(0.0, v) for v in pre]
        score = float(p.b2[0]) + sum(out[j] * float(p.w2[j, 0]) for j in units)
        delta = 1 / (1 + math.exp(-score)) - label.item()
        total.b2[0] += delta
        for j in units:
            total.w2[j, 0] += delta * out[j]
            if pre[j] > 0:
                back = delta * p.w2[j, 0]
                total.b1[j] += back
                for k in range(i):
                    total.w1[k, j] += back * row[k]
    return MlpParams(total.w1 / n, total.b1 / n, total.w2 / n, total.b2 / n)
