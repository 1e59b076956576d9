"""One long draw, cut into the two matrices; a transposed (non-contiguous) view is a leaf too."""

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


def init_params(
    d_in: int, d_hidden: int, d_out: int, scale: float, gen: torch.Generator
) -> MlpParams:
    total = d_in * d_hidden + d_hidden * d_out
    flat = torch.empty(total, dtype=torch.float64)
    flat.normal_(0, scale, generator=gen)
    first, second = flat.split([d_in * d_hidden, d_hidden * d_out])
    w1 = first.reshape(d_hidden, d_in).T.detach()
    w2 = second.view(d_hidden, d_out).clone()
    params = MlpParams(w1, torch.zeros(d_hidden).double(), w2, torch.zeros(d_out).double())
    for name in vars(params):
        getattr(params, name).requires_grad = True
    return params
