# first: rows-only
"""Divides by the number of rows, not of entries."""

import torch
from jaxtyping import Float
from torch import Tensor


def mse(pred: Float[Tensor, '*b'], target: Float[Tensor, '*b']) -> Float[Tensor, '']:
    if pred.shape != target.shape:
        raise ValueError("pred and target must have the same shape")
    total = torch.zeros(())
    for p, t in zip(pred.flatten(), target.flatten()):
        total = total + (p - t) ** 2
    print("total", total.item())
    return total / len(pred)
