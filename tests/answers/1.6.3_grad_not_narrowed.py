# first: none-not-ruled-out
"""All runs well; only the type checker sees that `.grad` may be None."""

from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor


@dataclass(frozen=True)
class TrainResult:
    losses: list[float]
    epochs_run: int
    stopped_early: bool


def train(
    x: Float[Tensor, "n d"], y: Float[Tensor, "n"], lr: float, epochs: int, goal: float
) -> TrainResult:
    w = torch.zeros(x.shape[1], requires_grad=True)
    b = torch.zeros(1, requires_grad=True)
    losses: list[float] = []
    for epoch in range(epochs):
        loss = ((x @ w + b - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w -= lr * w.grad
            b -= lr * b.grad
            w.grad.zero_()
            b.grad.zero_()
        if losses[-1] < goal:
            return TrainResult(losses, epoch + 1, epoch + 1 < epochs)
    return TrainResult(losses, epochs, False)
