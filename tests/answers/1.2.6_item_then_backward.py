# first: number-for-tensor
"""The loss is made a number before backward()."""

from dataclasses import dataclass
import torch
from jaxtyping import Float
from torch import Tensor


@dataclass(frozen=True)
class LineFit:
    w: Float[Tensor, '1']
    b: Float[Tensor, '1']
    losses: list[float]


def fit_line_autograd(x: Float[Tensor, 'n 1'], y: Float[Tensor, 'n 1'], w0: Float[Tensor, '1'], b0: Float[Tensor, '1'], lr: float, epochs: int) -> LineFit:
    w = w0.clone().requires_grad_(True)
    b = b0.clone().requires_grad_(True)
    losses = []
    for i in range(epochs):
        loss = ((x * w + b - y) ** 2).mean().item()
        losses.append(loss)
        loss.backward()
        with torch.no_grad():
            w -= lr * w.grad
            b -= lr * b.grad
        w.grad = None
        b.grad = None
    return LineFit(w.detach(), b.detach(), losses)
