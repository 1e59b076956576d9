# expect: stopped itself
"""Leaves with exit code 0, which a test runner may take for success."""

import sys

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    sys.exit(0)
    return torch.zeros(1), torch.zeros(1)
