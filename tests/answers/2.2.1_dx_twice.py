# first: wrong-factor
"""A linear layer: its forward pass, and its backward pass by the chain rule."""

from jaxtyping import Float
from torch import Tensor


def linear_forward(
    x: Float[Tensor, "n i"], w: Float[Tensor, "i o"], b: Float[Tensor, "o"]
) -> Float[Tensor, "n o"]:
    """Return what the layer makes of a batch: n rows with i numbers become n rows with o.

    - w[j, k] is the weight from input j to output k; the bias b is added to every row.
    """
    return x @ w + b


def linear_backward(
    x: Float[Tensor, "n i"], w: Float[Tensor, "i o"], gout: Float[Tensor, "n o"]
) -> tuple[Float[Tensor, "n i"], Float[Tensor, "i o"], Float[Tensor, "o"]]:
    """Return the derivatives of the loss by x, by w and by b, in this order.

    - gout holds the derivative of the loss by each number of the layer's output. All that the
      loss does (a mean over rows, say) is in gout already.
    - Each result has the shape of what it is the derivative by.
    - Work them out by the chain rule: neither backward() nor torch.autograd.
    - In both functions, the arguments stay as they were.
    """
    dx = gout @ w.T
    for k in range(w.shape[1]):
        dx = dx + gout[:, k : k + 1] * w[:, k]
    return dx, x.T @ gout, gout.sum(0)
