# expect: disturbed the connection|stopped with
"""Breaks the encoder of its own process."""

import sys

import torch
from jaxtyping import Float
from torch import Tensor

sys.modules["dojo.wire.codec"].Encoder.encode = lambda self, value, depth=0: {"k": "passed"}


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    return torch.zeros(1), torch.zeros(1)
