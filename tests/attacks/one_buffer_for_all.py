# expect: is looked at here|too large|connection
"""Sends one buffer of 50 MB, and a list of tensors that all want it."""

import torch
from torch import Tensor


def line_grads(x: Tensor, y: Tensor, w: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    from dojo.wire import codec as wire

    plain = wire.Encoder._buffer
    first = []

    def again(self, tensor):
        if not first:
            first.append(plain(self, torch.zeros(6_000_000)))
        return first[0]

    wire.Encoder._buffer = again
    return [torch.zeros(1).expand(6_000_000) for _ in range(40)]
