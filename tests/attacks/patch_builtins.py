# expect: disturbed the connection
"""Changes builtins for everyone in its process."""

import builtins

import torch
from jaxtyping import Float
from torch import Tensor

builtins.isinstance = lambda *args: True
builtins.abs = lambda value: 0
builtins.len = builtins.len


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    return torch.zeros(1), torch.zeros(1)
