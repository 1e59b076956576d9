# expect: had not finished
"""Swallows everything that is sent to the judge."""

from multiprocessing.connection import Connection

import torch
from jaxtyping import Float
from torch import Tensor

Connection.send_bytes = lambda self, *args: None
Connection._send_bytes = lambda self, buf: None


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    return torch.zeros(1), torch.zeros(1)
