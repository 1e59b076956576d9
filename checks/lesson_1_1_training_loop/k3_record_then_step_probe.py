"""Runs beside the answer: a real, small training whose update calls backward(), and a long one."""

from types import ModuleType

import torch
from torch import Tensor

from dojo.learner.room import many


def run(
    subject: ModuleType, x: Tensor, y: Tensor, w: Tensor, lr: float, epochs: int
) -> tuple[list[float], Tensor, int]:
    """Let the answer run the training of y_pred = x @ w.

    Returns:
        What it returned, w afterwards, and how many updates there were.
    """
    w = w.detach().clone().requires_grad_()

    updates = 0

    def loss_of() -> Tensor:
        return (x @ w - y).square().mean()

    def update(loss: Tensor) -> None:
        nonlocal updates
        updates += 1
        loss.backward()
        with torch.no_grad():
            if w.grad is not None:
                w.sub_(lr * w.grad)
        w.grad = None

    losses = subject.run(loss_of, update, epochs)
    return losses, w.detach(), updates


def count(subject: ModuleType) -> tuple[list[float], int, int]:
    """Let the answer run a training that costs next to nothing: the loss is a half of the updates.

    It has more epochs than calls fit inside one another.

    Returns:
        What the answer returned, how many updates there were, and how many epochs.
    """

    def run(epochs: int) -> tuple[list[float], int]:
        updates = 0

        def loss_of() -> Tensor:
            return torch.tensor(updates / 2, requires_grad=True)

        def update(_: Tensor) -> None:
            nonlocal updates
            updates += 1

        losses = subject.run(loss_of, update, epochs)
        return losses, updates

    (losses, updates), epochs = many(run)
    return losses, updates, epochs
