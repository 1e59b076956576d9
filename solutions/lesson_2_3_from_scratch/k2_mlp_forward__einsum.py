"""einsum, and the hidden layer built in place on its own memory."""

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
    z = torch.einsum("ni,ih->nh", x, p.w1)
    z += p.b1
    a = act(z)
    out = torch.einsum("nh,ho->no", a, p.w2)
    out.add_(p.b2)
    return out
