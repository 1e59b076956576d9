# expect: may not do here
"""Leaves a file in the folder above all its own."""

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    open("../../result.json", "w").close()
    return torch.zeros(1), torch.zeros(1)
