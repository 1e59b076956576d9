# first: wrong-pairs
"""The gradients are taken from the end."""

import torch
from torch import Tensor


def updated(params: list[Tensor], grads: list[Tensor], lr: float) -> list[Tensor]:
    out = []
    stack = list(grads)
    with torch.no_grad():
        for p in params:
            g = stack.pop()
            out.append(p - lr * g)
    return out
