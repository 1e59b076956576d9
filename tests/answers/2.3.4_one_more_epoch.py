# first: one-epoch-too-many
"""One epoch more is run than asked for."""

import math
from dataclasses import dataclass
from typing import Literal
import torch
from jaxtyping import Float
from torch import Tensor


@dataclass
class MlpParams:
    w1: Float[Tensor, 'i h']
    b1: Float[Tensor, 'h']
    w2: Float[Tensor, 'h o']
    b2: Float[Tensor, 'o']


@dataclass(frozen=True)
class SineFit:
    params: MlpParams
    losses: list[float]
    x: Float[Tensor, 'n 1']
    y: Float[Tensor, 'n 1']
    y_pred: Float[Tensor, 'n 1']


def fit_sine(act: Literal['relu', 'tanh'], hidden: int, lr: float, epochs: int, noise: float, gen: torch.Generator) -> SineFit:
    x = torch.linspace(-math.pi, math.pi, 60).view(-1, 1)
    y = torch.sin(x) + noise * torch.randn(60, 1, generator=gen)
    w1 = torch.randn(1, hidden, generator=gen).requires_grad_()
    b1 = torch.randn(hidden, generator=gen).requires_grad_()
    w2 = (torch.randn(hidden, 1, generator=gen) * hidden**-0.5).requires_grad_()
    b2 = torch.zeros(1, requires_grad=True)
    f = {"tanh": torch.tanh, "relu": torch.relu}[act]
    losses = []
    epoch = 0
    while epoch <= epochs:
        loss = ((f(x @ w1 + b1) @ w2 + b2 - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for t in (w1, b1, w2, b2):
                t -= lr * t.grad
                t.grad = None
        epoch += 1
    with torch.no_grad():
        y_pred = f(x @ w1 + b1) @ w2 + b2
    return SineFit(MlpParams(w1.detach(), b1.detach(), w2.detach(), b2.detach()), losses, x, y, y_pred)
