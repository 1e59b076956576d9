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
    w, b = w0, b0
    losses: list[float] = []
    for _ in range(epochs):
        w = w.detach().requires_grad_(True)
        b = b.detach().requires_grad_(True)
        loss = torch.mean((x * w + b - y) ** 2)
        losses += [float(loss)]
        dw, db = torch.autograd.grad(loss, (w, b))
        w, b = w - lr * dw, b - lr * db
    return LineFit(w, b, losses)
