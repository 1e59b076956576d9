"""Gives results that are strided views."""

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
    both = torch.stack([2 * (residual * x).mean(dim=0), 2 * residual.mean(dim=0)], dim=1)
    wide = torch.empty(1, 6)
    wide[:, ::3] = both
    return wide[:, 0], wide[:, 3]
