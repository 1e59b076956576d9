# expect: disturbed the connection | had not finished
"""Breaks json and struct in its own process."""

import json
import struct

import torch
from jaxtyping import Float
from torch import Tensor

json.dumps = lambda *args, **kwargs: "{}"
struct.pack = lambda *args: b"pass"


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    return torch.zeros(1), torch.zeros(1)
