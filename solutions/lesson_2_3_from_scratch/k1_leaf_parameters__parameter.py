"""nn.Parameter, and nn.init filling the memory in place."""

from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor, nn


@dataclass
class MlpParams:
    w1: Float[Tensor, "i h"]
    b1: Float[Tensor, "h"]
    w2: Float[Tensor, "h o"]
    b2: Float[Tensor, "o"]


def init_params(
    d_in: int, d_hidden: int, d_out: int, scale: float, gen: torch.Generator
) -> MlpParams:
    w1 = nn.Parameter(torch.empty(d_in, d_hidden))
    w2 = nn.Parameter(torch.empty(d_hidden, d_out))
    nn.init.normal_(w2, mean=0.0, std=scale, generator=gen)
    nn.init.normal_(w1, mean=0.0, std=scale, generator=gen)
    b1 = nn.Parameter(torch.empty(d_hidden))
    b2 = nn.Parameter(torch.empty(d_out))
    nn.init.zeros_(b1)
    nn.init.zeros_(b2)
    return MlpParams(w1, b1, w2, b2)
