"""Everything on its side, so that the result is not contiguous."""

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
    z = torch.matmul(p.w1.t(), x.t()) + p.b1.unsqueeze(1)
    h = act(z)
    return (torch.mm(p.w2.t(), h) + p.b2[:, None]).T
