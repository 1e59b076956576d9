"""The gradient of the mean squared error of a line, worked out by hand.

The line predicts y_pred = x * w + b, and the loss is the mean of (y_pred - y)^2 over the rows.
"""

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    """Return the derivative of the loss by w and the derivative by b, in this order.

    - There is at least one row.
    - Each has the shape (1,), like the parameter that it belongs to.
    - Write the derivatives out yourself: neither backward() nor torch.autograd.
    - The arguments are plain tensors, without a graph, and so are the results.
    - The four arguments stay as they were.
    """
    # Your code here.
    raise NotImplementedError
