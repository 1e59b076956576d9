# expect: default dtype was left
"""Leaves another default dtype."""

import torch
from jaxtyping import Float
from torch import Tensor

torch.set_default_dtype(torch.float16)


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    return torch.zeros(1), torch.zeros(1)
