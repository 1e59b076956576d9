# expect: may not do here
"""Empties an installed package without opening it for writing."""

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
    os.open(torch.__file__, os.O_RDONLY | os.O_TRUNC)
    return torch.zeros(1), torch.zeros(1)
