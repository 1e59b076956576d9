# first: cut-off
"""The way through NumPy cuts the result off: it can't be differentiated."""

import torch
from jaxtyping import Float
from torch import Tensor
import numpy as np


def mse(pred: Float[Tensor, '*b'], target: Float[Tensor, '*b']) -> Float[Tensor, '']:
    if pred.shape != target.shape:
        raise ValueError("bad shapes")
    p = pred.detach().numpy()
    t = target.detach().numpy()
    return torch.tensor(np.square(p - t).mean())
