"""Measure a classifier on rows that it hasn't trained on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import torch
from torch import Tensor, nn


@dataclass(frozen=True)
class Metrics:
    """What an evaluation found.

    Attributes:
        loss: the mean loss over all rows.
        accuracy: the share of rows whose class was told rightly, from 0 to 1.
        n: the number of rows.
    """

    loss: float
    accuracy: float
    n: int


def evaluate(
    model: nn.Module,
    loader: Iterable[tuple[Tensor, Tensor]],
    loss_fn: Callable[[Tensor, Tensor], Tensor],
) -> Metrics:
    """Return the loss and the accuracy of model over all mini-batches of loader.

    - loader gives mini-batches (x, y): x of shape (m, d), y of shape (m,) with the code of each
      row's class. Mini-batches may differ in size.
    - model(x) gives a row of outputs for each row of x; the largest of them is the class told.
    - loss_fn(outputs, y) is the mean loss over the rows of a mini-batch. Each row counts once,
      whatever the size of its mini-batch.
    - The model is in evaluation mode meanwhile, and afterwards in the mode that it was in.
    - Nothing is recorded for gradients; parameters, buffers and .grad stay as they were.
    - Each mini-batch goes through the model once.
    """
    # --- yours
    training = model.training
    model.eval()
    loss, right, n = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            outputs = model(x)
            loss += loss_fn(outputs, y).item() * len(y)
            right += int((outputs.argmax(dim=1) == y).sum())
            n += len(y)
    model.train(training)
    return Metrics(loss / n, right / n, n)
    # --- end
