# expect: disturbed the connection
"""Sends a tensor whose numbers are missing."""

import json
import os
import stat
import struct
import sys

import torch
from jaxtyping import Float
from torch import Tensor


def frame(body: object, *buffers: bytes) -> bytes:
    header = json.dumps({"buffers": [len(b) for b in buffers], "body": body}).encode()
    data = struct.pack(">I", len(header)) + header + b"".join(buffers)
    return struct.pack(">i", len(data)) + data


def everywhere(data: bytes) -> None:
    for number in range(256):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode) or stat.S_ISFIFO(os.fstat(number).st_mode):
                while data:
                    data = data[os.write(number, data) :]
        except OSError:
            pass


def answer(value: object, *buffers: bytes) -> None:
    """Answer the question that is being asked, before the server does."""
    number = next(
        f.f_locals["body"]["seq"]
        for f in (sys._getframe(n) for n in range(1, 20))
        if "body" in f.f_locals
    )
    report = {"modes": [], "randoms": [], "forbidden": [], "seconds": 0.1}
    reply = {"op": "reply", "seq": number, "error": None, "value": value, "known": []}
    everywhere(frame({**reply, "report": report}, *buffers))


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    answer(
        {
            "k": "tensor",
            "id": "l1",
            "shape": [1],
            "requires_grad": False,
            "leaf": True,
            "parameter": False,
            "dtype": "float64",
            "buf": 7,
            "grad": None,
        }
    )
    return torch.zeros(1), torch.zeros(1)
