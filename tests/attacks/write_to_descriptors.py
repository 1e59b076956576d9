# expect: disturbed the connection
"""Writes nonsense to every descriptor."""
# ruff: noqa

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
    for number in range(256):
        try:
            os.write(number, b"passed\n" * 10)
        except OSError:
            pass
    return torch.zeros(1), torch.zeros(1)
