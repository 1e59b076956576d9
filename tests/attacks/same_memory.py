# expect: derivative
"""Gives one piece of memory as both results."""

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    residual = x * w + b - y
    both = torch.empty(1)
    both.copy_(2 * residual.mean(dim=0))
    return both, both.view(1)
