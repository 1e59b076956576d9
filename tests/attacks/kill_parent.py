# expect: may not do here
"""Kills the process that started it."""

import os
import signal

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    os.kill(os.getppid(), signal.SIGKILL)
    return torch.zeros(1), torch.zeros(1)
