from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor


@dataclass(frozen=True)
class LineFit:
    w: Float[Tensor, "1"]
    b: Float[Tensor, "1"]
    losses: list[float]


def fit_line(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w0: Float[Tensor, "1"],
    b0: Float[Tensor, "1"],
    lr: float,
    epochs: int,
) -> LineFit:
    theta = torch.stack([w0, b0]).float()
    design = torch.cat([x, torch.ones_like(x)], dim=1).float()
    y = y.float()
    losses = [0.0] * epochs
    for k in range(epochs):
        r = torch.matmul(design, theta) - y
        losses[k] = float(torch.sum(r**2) / r.numel())
        theta = theta - lr * (2 / len(r)) * design.T @ r
    return LineFit(w=theta[0], b=theta[1], losses=losses)
