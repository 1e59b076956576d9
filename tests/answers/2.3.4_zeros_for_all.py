# first: zero-start
"""All weights start at zero."""

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
    x = torch.linspace(-math.pi, math.pi, 100)[:, None]
    y = torch.sin(x) + noise * torch.randn(100, 1, generator=gen)
    p = MlpParams(torch.zeros(1, hidden), torch.zeros(hidden), torch.zeros(hidden, 1), torch.zeros(1))
    fs = {"relu": torch.relu, "tanh": torch.tanh}
    def net():
        return fs[act](x @ p.w1 + p.b1) @ p.w2 + p.b2
    tensors = [p.w1, p.b1, p.w2, p.b2]
    for t in tensors:
        t.requires_grad_(True)
    losses = []
    for _ in range(epochs):
        loss = torch.nn.functional.mse_loss(net(), y)
        losses.append(loss.item())
        for t in tensors:
            t.grad = None
        loss.backward()
        with torch.no_grad():
            for t in tensors:
                t.copy_(t - lr * t.grad)
    with torch.no_grad():
        return SineFit(p, losses, x, y, net())
