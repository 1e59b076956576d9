from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor


@dataclass(frozen=True)
class LineFit:
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
    def loss_of(theta: tuple[Tensor, Tensor]) -> Tensor:
        slope, offset = theta
        return ((x * slope + offset - y) ** 2).sum() / y.numel()

    theta = (w0.clone(), b0.clone())
    losses = []
    for _ in range(epochs):
        grads, loss = torch.func.grad_and_value(loss_of)(theta)
        losses.append(loss.item())
        theta = tuple(t - lr * g for t, g in zip(theta, grads, strict=True))
    return LineFit(*theta, losses)
