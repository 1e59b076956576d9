from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor


@dataclass(frozen=True)
class LineFit:
    w: Float[Tensor, "1"]
    b: Float[Tensor, "1"]
    losses: list[float]


def loss_of(x: Tensor, y: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return torch.nn.functional.mse_loss(x @ w.reshape(1, 1) + b, y)


def fit_line(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w0: Float[Tensor, "1"],
    b0: Float[Tensor, "1"],
    lr: float,
    epochs: int,
) -> LineFit:
    w = w0.detach().clone().requires_grad_(True)
    b = b0.detach().clone().requires_grad_(True)
    losses = []
    while len(losses) < epochs:
        loss = loss_of(x, y, w, b)
        losses.append(loss.item())
        gw, gb = torch.autograd.grad(loss, [w, b])
        with torch.no_grad():
            w.sub_(lr * gw)
            b.sub_(lr * gb)
    return LineFit(w, b, losses)
