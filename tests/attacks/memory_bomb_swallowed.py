# expect: had not finished
"""Fills the memory, whatever the system says to that."""
# ruff: noqa

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    kept = []
    while True:
        try:
            kept.append(bytearray(10_000_000))
        except MemoryError:
            pass
    return torch.zeros(1), torch.zeros(1)
