# expect: had not finished
"""Announces 60 MB, sends nothing, and never returns."""

import json
import os
import stat
import struct

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


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    everywhere(struct.pack(">i", 60_000_000))
    while True:
        pass
    return torch.zeros(1), torch.zeros(1)
