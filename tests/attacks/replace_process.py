# expect: may not do here
"""Replaces itself by another program that holds the pipe."""

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
    os.execv("/bin/sleep", ["sleep", "3600"])
    return torch.zeros(1), torch.zeros(1)
