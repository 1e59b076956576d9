"""Switches gradients off inside a block."""

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    with torch.no_grad():
        residual = x * w + b - y
        grad_w = 2 * (residual * x).mean(dim=0)
    with torch.set_grad_enabled(False):
        return grad_w, 2 * residual.mean(dim=0)
