# first: arguments-changed
"""Second names for w0 and b0, changed in place."""

from dataclasses import dataclass
import torch
from jaxtyping import Float
from torch import Tensor


@dataclass(frozen=True)
class LineFit:
    w: Float[Tensor, '1']
    b: Float[Tensor, '1']
    losses: list[float]


def fit_line(x: Float[Tensor, 'n 1'], y: Float[Tensor, 'n 1'], w0: Float[Tensor, '1'], b0: Float[Tensor, '1'], lr: float, epochs: int) -> LineFit:
    w = w0
    b = b0
    losses = []
    for epoch in range(epochs):
        pred = x * w + b
        diff = pred - y
        loss = (diff * diff).mean()
        losses.append(float(loss))
        grad_w = 2 * (diff * x).mean()
        grad_b = 2 * diff.mean()
        w -= lr * grad_w
        b -= lr * grad_b
    return LineFit(w=w, b=b, losses=losses)
