"""Collects the terms in a generator."""

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    def terms():
        for xi, yi in zip(x, y, strict=True):
            error = xi * w + b - yi
            yield torch.stack([2 * error * xi, 2 * error])

    total = sum(terms(), start=torch.zeros(2, 1)) / len(x)
    return total[0], total[1]
