# expect: disturbed the connection
"""Closes every descriptor while the file is loaded."""

import os

import torch
from jaxtyping import Float
from torch import Tensor

os.closerange(0, 65536)


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    return torch.zeros(1), torch.zeros(1)
