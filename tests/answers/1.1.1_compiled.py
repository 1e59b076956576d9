# first: no-compile
"""Is translated by torch.compile."""

import torch
from jaxtyping import Float
from torch import Tensor


@torch.compile
def mse(pred: Float[Tensor, "*b"], target: Float[Tensor, "*b"]) -> Float[Tensor, ""]:
    if pred.shape != target.shape:
        raise ValueError("shapes")
    return ((pred - target) ** 2).mean()
