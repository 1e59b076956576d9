# expect: more memory than there is
"""Asks for a tensor of 100 GB."""

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    torch.zeros(100 * 2**30 // 8)
    return torch.zeros(1), torch.zeros(1)
