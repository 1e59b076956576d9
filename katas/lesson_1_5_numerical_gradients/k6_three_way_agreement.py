"""One gradient, found in three ways that know nothing of each other.

The model is logistic regression: it predicts the probability p = sigmoid(x @ w) that a row's
label is 1. The loss is the mean over the rows of -log(p) where y is 1, and -log(1 - p) where y is
0; as one formula, of -(y * log(p) + (1 - y) * log(1 - p)).
"""

from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor


@dataclass(frozen=True)
class Agreement:
    """The gradient of the loss by w, three times, and how far they are apart.

    Attributes:
        manual: from a formula worked out by hand.
        autograd: from backward() or torch.autograd.grad.
        numeric: from central differences with h = 1e-5 (1.5.1).
        manual_autograd: the largest absolute difference between two of their entries.
        manual_numeric: likewise.
        autograd_numeric: likewise.
    """

    manual: Float[Tensor, "d"]
    autograd: Float[Tensor, "d"]
    numeric: Float[Tensor, "d"]
    manual_autograd: float
    manual_numeric: float
    autograd_numeric: float


def logistic_grads(
    x: Float[Tensor, "n d"], y: Float[Tensor, "n"], w: Float[Tensor, "d"]
) -> Agreement:
    """Work out the gradient of the loss by w in three ways, and compare them.

    - y holds labels, 0.0 or 1.0.
    - Each way is independent: if one of the three were wrong, the other two would still be right,
      and the differences would show it.
    - The differences are plain floats, and never negative.
    - All arithmetic is in float64 (x, y and w come in float64).
    - x, y and w hold afterwards what they held before (up to rounding). They record no gradients
      then, either: no requires_grad switched on, nothing in .grad.
    """
    # Your code here.
    raise NotImplementedError
