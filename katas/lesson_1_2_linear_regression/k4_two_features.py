"""The gradient of the mean squared error with several features, worked out for all at once.

The model predicts y_pred[i] = x[i, 0] * w[0] + x[i, 1] * w[1] + ... + b, and the loss is the
mean of (y_pred - y)^2 over the rows. Mind that y has the shape (n,) here.
"""

import torch
from jaxtyping import Float
from torch import Tensor


def grads_multi(
    x: Float[Tensor, "n d"],
    y: Float[Tensor, "n"],
    w: Float[Tensor, "d"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "d"], Float[Tensor, "1"]]:
    """Return the derivatives of the loss by w and the derivative by b, in this order.

    - The first has the shape (d,) like w, one entry a feature; the second (1,) like b.
    - Write the derivatives out yourself: neither backward() nor torch.autograd.
    - It works for any number of rows and features, at least one of each, also for as many rows as
      features.
    - The four arguments stay as they were.
    """
    # Your code here.
    raise NotImplementedError
