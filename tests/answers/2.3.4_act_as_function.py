# first: act-called
"""act is a word and is called like a function."""

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
    x = torch.linspace(-math.pi, math.pi, 40).unsqueeze(1)
    y = torch.sin(x) + noise * torch.randn(x.shape, generator=gen)
    w1 = torch.randn(1, hidden, generator=gen).requires_grad_()
    b1 = torch.zeros(hidden).requires_grad_()
    w2 = (torch.randn(hidden, 1, generator=gen) / math.sqrt(hidden)).requires_grad_()
    b2 = torch.zeros(1).requires_grad_()
    losses = []
    for _ in range(epochs):
        out = act(x @ w1 + b1) @ w2 + b2
        loss = ((out - y) ** 2).mean()
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            for t in (w1, b1, w2, b2):
                t -= lr * t.grad
                t.grad = None
    return SineFit(MlpParams(w1, b1, w2, b2), losses, x, y, out)
