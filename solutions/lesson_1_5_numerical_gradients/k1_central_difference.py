"""The gradient of any function, measured instead of derived: central differences."""

from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor


def numeric_grad(
    f: Callable[[Float[Tensor, "n"]], Float[Tensor, ""]],
    x: Float[Tensor, "n"],
    h: float = 1e-5,
) -> Float[Tensor, "n"]:
    """Measure the slope of f at x along each coordinate.

    Entry i compares f a step h ahead of x[i] with f a step h behind it, and divides by the
    distance between these two places. All other entries of x stay where they are.

    - f takes one tensor in the shape of x and returns a tensor with one number. It can be
      called, and nothing else is known about it: no autograd.
    - Any h may be asked for, large ones too.
    - All arithmetic is in float64, and so is the result (x comes in float64).
    - x holds afterwards what it held before. Only the last digit may differ, from rounding.
    """
    # --- yours
    x = x.double()
    grad = torch.zeros_like(x)
    for i in range(len(x)):
        step = torch.zeros_like(x)
        step[i] = h
        grad[i] = (f(x + step) - f(x - step)) / (2 * h)
    return grad
    # --- end
