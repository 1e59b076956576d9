"""The gradients by hand, without autograd; new tensors at every epoch."""

import math
from dataclasses import dataclass
from typing import Literal

import torch
from jaxtyping import Float
from torch import Tensor


@dataclass
class MlpParams:
    w1: Float[Tensor, "i h"]
    b1: Float[Tensor, "h"]
    w2: Float[Tensor, "h o"]
    b2: Float[Tensor, "o"]


@dataclass(frozen=True)
class SineFit:
    params: MlpParams
    losses: list[float]
    x: Float[Tensor, "n 1"]
    y: Float[Tensor, "n 1"]
    y_pred: Float[Tensor, "n 1"]


def fit_sine(
    act: Literal["relu", "tanh"],
    hidden: int,
    lr: float,
    epochs: int,
    noise: float,
    gen: torch.Generator,
) -> SineFit:
    n = 64
    x = -math.pi + 2 * math.pi * torch.rand(n, generator=gen).view(n, 1)
    y = torch.sin(x) + torch.zeros(n, 1).normal_(0, 1, generator=gen) * noise
    w1 = torch.randn(1, hidden, generator=gen) * 0.2
    b1 = torch.randn(hidden, generator=gen) * 0.2
    w2 = torch.randn(hidden, 1, generator=gen) * 0.2
    b2 = torch.zeros(1)

    def hidden_layer() -> Tensor:
        z = x * w1 + b1
        return torch.tanh(z) if act == "tanh" else torch.relu(z)

    losses: list[float] = []
    for _ in range(epochs):
        h = hidden_layer()
        error = h @ w2 + b2 - y
        losses.append(error.pow(2).mean().item())
        g = 2 * error / n
        dz = g @ w2.T * (1 - h**2 if act == "tanh" else (h > 0).to(h.dtype))
        w2 = w2 - lr * h.T @ g
        b2 = b2 - lr * g.sum(0)
        w1 = w1 - lr * x.T @ dz
        b1 = b1 - lr * dz.sum(0)
    return SineFit(MlpParams(w1, b1, w2, b2), losses, x, y, hidden_layer() @ w2 + b2)
