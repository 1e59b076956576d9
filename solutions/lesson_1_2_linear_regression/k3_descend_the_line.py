"""Fit a line by gradient descent: predict, measure, step against the gradient, again.

The line predicts y_pred = x * w + b, and the loss is the mean of (y_pred - y)^2 over the rows.
"""

from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor


@dataclass(frozen=True)
class LineFit:
    """A fitted line.

    Attributes:
        w: the slope after the last update.
        b: the intercept after the last update.
        losses: one entry an epoch, measured before that epoch's update.
    """

    w: Float[Tensor, "1"]
    b: Float[Tensor, "1"]
    losses: list[float]


def fit_line(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w0: Float[Tensor, "1"],
    b0: Float[Tensor, "1"],
    lr: float,
    epochs: int,
) -> LineFit:
    """Return the line after ``epochs`` updates that start at ``w0`` and ``b0``.

    - Work the derivatives out by hand, as in 1.2.2: neither backward() nor torch.autograd.
    - One epoch is one update with all rows: w - lr * (derivative by w), b - lr * (derivative by b),
      both derivatives taken at the w and b with which the epoch began.
    - losses holds one float an epoch, the loss before that epoch's update.
    - Exactly ``epochs`` updates: no stopping early, however small or large the loss.
    - ``epochs`` and the number of rows are at least 1; epochs may be many thousands.
    - The arguments stay as they were.
    """
    # --- yours
    w = w0.clone()
    b = b0.clone()
    losses: list[float] = []
    for _ in range(epochs):
        residual = x * w + b - y
        losses.append(residual.square().mean().item())
        grad_w = 2 * (residual * x).mean(dim=0)
        grad_b = 2 * residual.mean(dim=0)
        w -= lr * grad_w
        b -= lr * grad_b
    return LineFit(w, b, losses)
    # --- end
