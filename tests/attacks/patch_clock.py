# expect: had not finished
"""Stops the clocks of its process, and never returns."""

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
    time.perf_counter = time.monotonic = time.time = lambda: 0.0
    while True:
        pass
    return torch.zeros(1), torch.zeros(1)
