# expect: had not finished
"""Switches off the note of the running line, and never returns."""

import faulthandler
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
    faulthandler.cancel_dump_traceback_later()
    faulthandler.disable()
    faulthandler.unregister(signal.SIGUSR1)
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)
    while True:
        pass
    return torch.zeros(1), torch.zeros(1)
