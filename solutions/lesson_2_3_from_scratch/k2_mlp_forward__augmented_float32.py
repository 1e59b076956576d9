"""The bias as one more weight on a column of ones, in float32 by name."""

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
    def layer(v: Tensor, w: Tensor, b: Tensor) -> Tensor:
        ones = torch.ones((v.shape[0], 1), dtype=torch.float32)
        return torch.cat([v, ones], dim=1) @ torch.cat([w, b.reshape(1, -1)], dim=0)

    return layer(act(layer(x, p.w1, p.b1)), p.w2, p.b2)
