"""Four small functions; random x; zero biases; the gradients from torch.autograd.grad."""

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


def _start(hidden: int, gen: torch.Generator) -> MlpParams:
    w1 = (torch.randn(1, hidden, generator=gen) * 0.3).requires_grad_()
    w2 = (torch.randn(hidden, 1, generator=gen) * 0.3).requires_grad_()
    return MlpParams(
        w1, torch.zeros(hidden, requires_grad=True), w2, torch.zeros(1, requires_grad=True)
    )


def _forward(x: Tensor, p: MlpParams, act: str) -> Tensor:
    z = x @ p.w1 + p.b1
    h = torch.tanh(z) if act == "tanh" else z.clamp(min=0)
    return h @ p.w2 + p.b2


def _mse(a: Tensor, b: Tensor) -> Tensor:
    return torch.mean((b - a) ** 2)


def fit_sine(
    act: Literal["relu", "tanh"],
    hidden: int,
    lr: float,
    epochs: int,
    noise: float,
    gen: torch.Generator,
) -> SineFit:
    p = _start(hidden, gen)
    x = (torch.rand(150, 1, generator=gen) * 2 - 1) * torch.pi
    y = torch.normal(torch.sin(x), noise, generator=gen) if noise > 0 else torch.sin(x)
    losses = []
    for epoch in range(epochs):
        loss = _mse(_forward(x, p, act), y)
        losses.append(float(loss))
        tensors = [p.w1, p.b1, p.w2, p.b2]
        for t, g in zip(tensors, torch.autograd.grad(loss, tensors)):
            t.data.sub_(lr * g)
        if epoch % 500 == 0:
            print(f"{epoch:5d} {losses[-1]:.4f}")
    return SineFit(p, losses, x, y, _forward(x, p, act).detach())
