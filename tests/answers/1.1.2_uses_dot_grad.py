# first: grad-of-the-parameter
"""Asks the parameters for .grad, where nothing is."""

import torch
from torch import Tensor


def updated(params: list[Tensor], grads: list[Tensor], lr: float) -> list[Tensor]:
    with torch.no_grad():
        new = [p - lr * p.grad for p in params]
    return new
