"""Uniform draws of the right spread, in float32 by name, scaled under no_grad."""

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
    shape1, shape2 = (d_in, d_hidden), (d_hidden, d_out)
    # A uniform number on [-a, a] has standard deviation a / sqrt(3).
    a = scale * 3**0.5
    w1 = torch.rand(shape1, generator=gen, dtype=torch.float32, requires_grad=True)
    w2 = torch.rand(shape2, generator=gen, dtype=torch.float32, requires_grad=True)
    with torch.no_grad():
        w1.mul_(2 * a).sub_(a)
        w2.mul_(2 * a).sub_(a)
    b1 = torch.zeros(d_hidden, dtype=torch.float32).requires_grad_()
    b2 = torch.zeros(d_out, dtype=torch.float32).requires_grad_()
    return MlpParams(w1, b1, w2, b2)
