# expect: disturbed the connection
"""Answers the loading of its file with something else."""

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


everywhere(
    frame(
        {
            "op": "reply",
            "seq": 1,
            "error": None,
            "value": [1],
            "known": [],
            "report": {"modes": [], "randoms": [], "forbidden": []},
        }
    )
)
os._exit(0)


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    return torch.zeros(1), torch.zeros(1)
