# first: none
# says: There is `update`: was it renamed?
"""The function was given another name."""

import torch
from torch import Tensor


def update(params: list[Tensor], grads: list[Tensor], lr: float) -> list[Tensor]:
    with torch.no_grad():
        return [p - lr * g for p, g in zip(params, grads)]
