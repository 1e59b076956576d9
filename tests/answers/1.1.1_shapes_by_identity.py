# first: equal-refused
"""Two shapes are never one object, so equal shapes are refused."""

import torch
from jaxtyping import Float
from torch import Tensor


def mse(pred: Float[Tensor, '*b'], target: Float[Tensor, '*b']) -> Float[Tensor, '']:
    if pred.shape is not target.shape:
        raise ValueError("shapes differ")
    return torch.nn.functional.mse_loss(pred, target)
