# expect: derivative
"""Leaves a loop for the end of the process."""

import atexit

import torch
from jaxtyping import Float
from torch import Tensor


@atexit.register
def stay() -> None:
    while True:
        pass


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    return torch.zeros(1), torch.zeros(1)
