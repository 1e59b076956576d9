# first: in-place-on-leaf
"""Changes leaves in place while recording is on."""

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
    w = w0.detach().clone()
    b = b0.detach().clone()
    w.requires_grad = True
    b.requires_grad = True
    losses: list[float] = []
    for _ in range(epochs):
        loss = torch.mean((x * w + b - y) ** 2)
        losses.append(loss.item())
        gw, gb = torch.autograd.grad(loss, [w, b])
        w -= lr * gw
        b -= lr * gb
    return LineFit(w, b, losses)
