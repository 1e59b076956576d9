# first: colon-missing
# says: ends in a colon
"""A colon is missing behind the for."""

import torch
from torch import Tensor


def updated(params: list[Tensor], grads: list[Tensor], lr: float) -> list[Tensor]:
    result = []
    with torch.no_grad():
        for p, g in zip(params, grads)
            result.append(p - lr * g)
    return result
