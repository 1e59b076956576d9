# expect: may not do here
"""Computes in processes of its own."""

import multiprocessing

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    with multiprocessing.get_context("fork").Pool(2) as pool:
        pool.map(abs, [1])
    return torch.zeros(1), torch.zeros(1)
