# first: recorded
"""The copy keeps the record, so the results have a grad_fn."""

import torch
from torch import Tensor


def updated(params: list[Tensor], grads: list[Tensor], lr: float) -> list[Tensor]:
    result = []
    for p, g in zip(params, grads):
        q = p.clone()
        q = q - lr * g
        result.append(q)
    return result
