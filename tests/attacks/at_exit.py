# expect: derivative
"""Wants to change the result at the end of the process."""

import atexit
import os

import torch
from jaxtyping import Float
from torch import Tensor

atexit.register(lambda: os._exit(0))


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    return torch.zeros(1), torch.zeros(1)
