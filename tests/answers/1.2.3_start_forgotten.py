# first: starts-at-zero
"""The descent begins at zero."""

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
    w, b = torch.zeros(1), torch.zeros(1)
    history = []
    for epoch in range(epochs):
        residual = w * x + b - y
        history.append(residual.pow(2).mean().item())
        w = w - lr * 2 * (residual * x).mean(dim=0)
        b = b - lr * 2 * residual.mean(dim=0)
    return LineFit(w, b, history)
