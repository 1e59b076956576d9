# expect: derivative | too slow | had not finished
"""Leaves tens of thousands of files to tidy up."""

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
    for number in range(20_000):
        os.close(os.open(f"file{number}", os.O_CREAT))
    return torch.zeros(1), torch.zeros(1)
