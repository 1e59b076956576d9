# expect: printed or wrote more
"""Prints 10 GB."""

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    line = "x" * 10_000_000
    for _ in range(1000):
        print(line)
    return torch.zeros(1), torch.zeros(1)
