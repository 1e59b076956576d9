# first: nothing-returned
"""The loss is printed, not returned."""

import torch
from jaxtyping import Float
from torch import Tensor


def mse(pred: Float[Tensor, '*b'], target: Float[Tensor, '*b']) -> Float[Tensor, '']:
    if pred.shape != target.shape:
        raise ValueError("shapes")
    loss = ((pred - target) ** 2).mean()
    print("The loss is", loss)
