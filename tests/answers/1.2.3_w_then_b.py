# first: new-w-for-b
"""b is updated with a derivative taken after w had moved."""

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
    w, b = w0.clone(), b0.clone()
    n = len(x)
    losses = []
    for _ in range(epochs):
        error = x * w + b - y
        losses.append((error ** 2).mean().item())
        w = w - lr * (2 / n) * (error * x).sum(0)
        error = x * w + b - y
        b = b - lr * (2 / n) * error.sum(0)
    return LineFit(w, b, losses)
