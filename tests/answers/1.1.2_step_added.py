# first: uphill
"""The step is added: uphill."""

import torch
from torch import Tensor


def updated(params: list[Tensor], grads: list[Tensor], lr: float) -> list[Tensor]:
    new_params = []
    for i in range(len(params)):
        old = params[i].detach()
        step = grads[i] * lr
        new_params.append(old + step)
    return new_params
