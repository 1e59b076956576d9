from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor


@dataclass(frozen=True)
class LineFit:
    w: Float[Tensor, "1"]
    b: Float[Tensor, "1"]
    losses: list[float]


def step(x, y, w, b, lr):
    error = y - (w * x + b)
    loss = torch.pow(error, 2).sum() / error.shape[0]
    w_next = w + 2 * lr * torch.mean(error * x)
    b_next = b + 2 * lr * torch.mean(error)
    return w_next, b_next, loss


def fit_line(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w0: Float[Tensor, "1"],
    b0: Float[Tensor, "1"],
    lr: float,
    epochs: int,
) -> LineFit:
    w, b, losses = w0, b0, []
    for _ in range(epochs):
        w, b, loss = step(x, y, w, b, lr)
        losses.append(loss)
    return LineFit(w, b, [float(v) for v in losses])
