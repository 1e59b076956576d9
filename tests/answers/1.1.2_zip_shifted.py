# first: wrong-pairs
"""Gradients belong to reversed params."""

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
