# expect: derivative
"""Asks not to be ended with the judge, and leaves a thread."""

import ctypes
import threading
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
    ctypes.CDLL(None).prctl(1, 0, 0, 0, 0)
    threading.Thread(target=time.sleep, args=(3600,)).start()
    return torch.zeros(1), torch.zeros(1)
