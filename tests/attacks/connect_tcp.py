# expect: may not do here
"""Opens a connection."""

import socket

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    socket.create_connection(("127.0.0.1", 80), timeout=1)
    return torch.zeros(1), torch.zeros(1)
