# first: lr-ignored
"""Two slips: gradients pile up, and lr is not used."""

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
    w = w0.clone().requires_grad_()
    b = b0.clone().requires_grad_()
    losses = []
    for _ in range(epochs):
        loss = ((x * w + b - y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            w -= w.grad
            b -= b.grad
        losses.append(loss.item())
    return LineFit(w.detach(), b.detach(), losses)
