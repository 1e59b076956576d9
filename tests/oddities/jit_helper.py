"""Has a helper that torch scripts."""

import torch
from jaxtyping import Float
from torch import Tensor


def double(t: Tensor) -> Tensor:
    return 2 * t


scripted = torch.jit.trace(double, torch.ones(1))


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    residual = x * w + b - y
    return scripted((residual * x).mean(dim=0)), scripted(residual.mean(dim=0))
