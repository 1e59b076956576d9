"""Runs beside the answer: a real, small training whose update calls backward()."""

from types import ModuleType

import torch
from torch import Tensor


def train(
    subject: ModuleType, x: Tensor, y: Tensor, w: Tensor, lr: float, epochs: int
) -> tuple[list[float], Tensor]:
    """Let the answer run the training of y_pred = x @ w.

    Returns:
        What it returned, and w afterwards.
    """
    w = w.detach().clone().requires_grad_()

    def loss_of() -> Tensor:
        return (x @ w - y).square().mean()

    def update(loss: Tensor) -> None:
        loss.backward()
        with torch.no_grad():
            if w.grad is not None:
                w.sub_(lr * w.grad)
        w.grad = None

    return subject.run(loss_of, update, epochs), w.detach()
