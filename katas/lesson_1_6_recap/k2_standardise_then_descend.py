"""Bring features to one size, descend, and give the answer in the features' own units.

The model predicts y_pred[i] = x[i, 0] * w[0] + ... + x[i, d-1] * w[d-1] + b, and its loss is the
mean of (y_pred - y)^2 over the rows.
"""

import torch
from jaxtyping import Float
from torch import Tensor


def fit_scaled(
    x: Float[Tensor, "n d"], y: Float[Tensor, "n"], lr: float, epochs: int
) -> tuple[Float[Tensor, "d"], Float[Tensor, "1"]]:
    """Return w and b for x as it is, found by gradient descent on standardised features.

    - Standardise each feature: less its mean, divided by its standard deviation over the n rows
      (`correction=0`: divided by n, not by n - 1), with nothing added to it. A feature that is the
      same in all rows, and so has the standard deviation 0, becomes 0 everywhere. y stays as it is.
    - Descend from zeros: ``epochs`` updates with all rows, each parameter less lr times the
      derivative of the loss. ``epochs`` is at least 1, and may be many thousands.
    - Return the w and b that make, of x as it came, the predictions that the descent's parameters
      make of the standardised features. A feature that is the same in all rows has the weight 0.
    - By hand or with autograd, as you like. There may be a single row. The arguments stay as they
      were.
    """
    # Your code here.
    raise NotImplementedError
