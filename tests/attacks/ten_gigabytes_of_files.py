# expect: printed or wrote more
"""Writes 10 GB into one file."""

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    with open("big", "wb") as file:
        for _ in range(1000):
            file.write(bytes(10_000_000))
    return torch.zeros(1), torch.zeros(1)
