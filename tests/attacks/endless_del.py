# expect: should be a tensor
"""Loops for ever when its result is thrown away."""

import torch
from jaxtyping import Float
from torch import Tensor


class Sticky:
    def __del__(self) -> None:
        while True:
            pass


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    return Sticky(), torch.zeros(1)
