"""Fit the same line, with the derivatives from autograd instead of from your own pen.

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


def fit_line_autograd(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w0: Float[Tensor, "1"],
    b0: Float[Tensor, "1"],
    lr: float,
    epochs: int,
) -> LineFit:
    """Return the line after ``epochs`` updates that start at ``w0`` and ``b0``.

    - The numbers are those of the by-hand fit: one epoch is one update with all rows, against the
      derivatives of the loss at the w and b with which the epoch began.
    - The derivatives come from autograd, not from formulas of your own. Which of its ways you take
      (backward, torch.autograd.grad, an optimizer) is up to you.
    - losses holds one float an epoch, the loss before that epoch's update.
    - Exactly ``epochs`` updates: no stopping early, however small the loss.
    - ``epochs`` and the number of rows are at least 1; epochs may be many thousands.
    - The arguments stay as they were: their values, requires_grad and grad.
    """
    # --- yours
    w = w0.clone().requires_grad_()
    b = b0.clone().requires_grad_()
    losses: list[float] = []
    for _ in range(epochs):
        loss = (x * w + b - y).square().mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in (w, b):
                assert p.grad is not None  # backward() has just filled it
                p -= lr * p.grad
                p.grad.zero_()
    return LineFit(w.detach(), b.detach(), losses)
    # --- end
