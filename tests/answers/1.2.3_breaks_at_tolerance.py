# first: stops-early
"""Stops when the loss hardly changes."""

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
    w, b, losses = w0.clone(), b0.clone(), []
    for k in range(epochs):
        e = w * x + b - y
        loss = e.square().mean().item()
        if k > 0 and abs(losses[-1] - loss) < 1e-9:
            break
        losses.append(loss)
        w = w - lr * 2 * (e * x).mean().view(1)
        b = b - lr * 2 * e.mean().view(1)
    return LineFit(w, b, losses)
