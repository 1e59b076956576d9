"""The gradient that a mini-batch gives: an estimate of the gradient over all rows.

The model predicts y_pred[i] = x[i, 0] * w[0] + x[i, 1] * w[1] + ..., without a bias, and the loss
is the mean of (y_pred - y)^2 over the rows that are looked at.
"""

from jaxtyping import Float, Int
from torch import Tensor


def batch_grad(
    x: Float[Tensor, "n d"],
    y: Float[Tensor, "n"],
    w: Float[Tensor, "d"],
    idx: Int[Tensor, "k"],
) -> Float[Tensor, "d"]:
    """Return the derivative by w of the mean squared error over the k rows in ``idx`` alone.

    - ``idx`` holds row numbers, at least one, in any order. A row that stands in it twice counts
      twice.
    - The mean is over these k rows. So the gradients of the mini-batches of an epoch, each times
      its k / n, add up to the gradient over all n rows.
    - By hand or with autograd, as you like.
    - The four arguments stay as they were; w doesn't require grad, before and after the call.
    """
    # Your code here.
    raise NotImplementedError
