# expect: disturbed the connection
"""Puts empty files in the place of every descriptor."""

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
    null = os.open("/dev/null", os.O_RDWR)
    for number in range(256):
        if number != null:
            os.dup2(null, number)
    return torch.zeros(1), torch.zeros(1)
