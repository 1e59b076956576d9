# expect: derivative
"""Leaves thousands of nested folders to tidy up."""

import os

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    for _ in range(1100):
        os.mkdir("d")
        os.chdir("d")
    return torch.zeros(1), torch.zeros(1)
