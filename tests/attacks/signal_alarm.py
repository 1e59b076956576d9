# expect: stopped itself | disturbed the connection
"""Interrupts the program that talks to the judge, from a signal."""

import signal

import torch
from jaxtyping import Float
from torch import Tensor


def ring(number: int, frame: object) -> None:
    raise SystemExit(0)


signal.signal(signal.SIGALRM, ring)
signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    return torch.zeros(1), torch.zeros(1)
