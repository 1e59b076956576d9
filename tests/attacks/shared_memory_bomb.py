# expect: stopped with
"""Fills the memory beyond its own limit, in shared memory."""
# ruff: noqa

import mmap

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    for number in range(1000):
        torch.ones(10_000_000).share_memory_()
        mmap.mmap(-1, 10_000_000)
    return torch.zeros(1), torch.zeros(1)
