# expect: derivative
"""Prints bytes that are no text."""

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
    os.write(1, b"\xff\xfe\x00\xc3\x28\xed\xa0\x80" * 1000)
    return torch.zeros(1), torch.zeros(1)
