# expect: derivative
"""Leaves a process behind, past Python's own calls."""

import ctypes
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
    libc = ctypes.CDLL(None)
    for call in (
        libc.fork,
        libc.vfork,
        lambda: libc.syscall(57),
        lambda: libc.syscall(56, 17, 0, 0, 0, 0),
    ):
        if call() == 0:
            libc.setsid()
            time.sleep(3600)
    return torch.zeros(1), torch.zeros(1)
