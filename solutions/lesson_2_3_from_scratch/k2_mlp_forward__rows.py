"""Row by row, unit by unit: slow, and right."""

from collections.abc import Callable
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


def forward(
    x: Float[Tensor, "n i"], p: MlpParams, act: Callable[[Tensor], Tensor]
) -> Float[Tensor, "n o"]:
    n, width = x.shape[0], p.b1.shape[0]
    rows = []
    for r in range(n):
        hidden = []
        for j in range(width):
            total = p.b1[j]
            for k in range(x.shape[1]):
                total = total + x[r, k] * p.w1[k, j]
            hidden.append(act(total))
        h = torch.stack(hidden)
        rows.append((h.unsqueeze(1) * p.w2).sum(dim=0) + p.b2)
    print(n, "rows done")
    return torch.stack(rows)
