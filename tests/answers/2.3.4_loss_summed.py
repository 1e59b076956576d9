# first: sum-loss
"""The loss that is differentiated is a sum."""

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
    n = 50
    x = torch.linspace(-math.pi, math.pi, n).reshape(n, 1)
    y = torch.sin(x) + noise * torch.randn(n, 1, generator=gen)
    k = 1 / math.sqrt(hidden)
    w1 = (torch.rand(1, hidden, generator=gen) * 2 - 1).requires_grad_()
    b1 = (torch.rand(hidden, generator=gen) * 2 - 1).requires_grad_()
    w2 = ((torch.rand(hidden, 1, generator=gen) * 2 - 1) * k).requires_grad_()
    b2 = torch.zeros(1).requires_grad_()
    f = torch.relu if act == "relu" else torch.tanh
    losses = []
    for _ in range(epochs):
        out = f(x @ w1 + b1) @ w2 + b2
        loss = ((out - y) ** 2).sum()
        losses.append(loss.item() / n)
        loss.backward()
        with torch.no_grad():
            for t in (w1, b1, w2, b2):
                t -= lr * t.grad
                t.grad.zero_()
    with torch.no_grad():
        y_pred = f(x @ w1 + b1) @ w2 + b2
    return SineFit(MlpParams(w1.detach(), b1.detach(), w2.detach(), b2.detach()), losses, x, y, y_pred)
