# expect: may not do here
"""Calls a local service."""

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
    socket.socket(socket.AF_UNIX).connect("/run/dbus/system_bus_socket")
    return torch.zeros(1), torch.zeros(1)
