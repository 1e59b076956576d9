"""Checks its own arguments."""
# ruff: noqa

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    assert x.shape == y.shape and x.ndim == 2, "columns"
    assert w.shape == b.shape == (1,)
    if not torch.is_floating_point(x):
        raise TypeError("floats, please")
    residual = x * w + b - y
    return 2 * (residual * x).mean(dim=0), 2 * residual.mean(dim=0)
