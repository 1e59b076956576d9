# first: wrong-kind
# says: should be a LineFit, but it is a dict
"""A dict comes back, no LineFit."""

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
    w = w0.clone()
    b = b0.clone()
    losses = []
    for _ in range(epochs):
        d = x * w + b - y
        losses.append(d.pow(2).mean().item())
        w, b = w - lr * 2 * (d * x).mean(0), b - lr * 2 * d.mean(0)
    return {"w": w, "b": b, "losses": losses}
