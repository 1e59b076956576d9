from dataclasses import dataclass
from typing import List

import torch
from jaxtyping import Float
from torch import Tensor


@dataclass(frozen=True)
class TrainResult:
    losses: List[float]
    epochs_run: int
    stopped_early: bool


def train(
    x: Float[Tensor, "n d"], y: Float[Tensor, "n"], lr: float, epochs: int, goal: float
) -> TrainResult:
    table = torch.hstack((x, torch.ones_like(x[:, :1])))
    theta = torch.zeros(table.shape[1], dtype=x.dtype, requires_grad=True)
    losses: List[float] = []
    for epoch in range(epochs):
        loss = torch.mean((table @ theta - y) ** 2)
        (grad,) = torch.autograd.grad(loss, theta)
        theta = (theta - lr * grad).detach().requires_grad_(True)
        losses.append(loss.detach().cpu().item())
        if losses[epoch] < goal:
            return TrainResult(losses, epoch + 1, epoch + 1 != epochs)
    return TrainResult(losses, epochs, False)
