# first: stale-prediction
"""The predictions are those from before the last update."""

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
    x = (torch.rand(64, 1, generator=gen) * 2 - 1) * math.pi
    y = x.sin() + torch.randn(64, 1, generator=gen) * noise
    net = {
        "w1": torch.empty(1, hidden).uniform_(-1, 1, generator=gen),
        "b1": torch.empty(hidden).uniform_(-1, 1, generator=gen),
        "w2": torch.empty(hidden, 1).uniform_(-1, 1, generator=gen) / hidden ** 0.5,
        "b2": torch.zeros(1),
    }
    for t in net.values():
        t.requires_grad_()
    activation = getattr(torch, act)
    losses: list[float] = []
    for epoch in range(epochs):
        y_pred = activation(x @ net["w1"] + net["b1"]) @ net["w2"] + net["b2"]
        loss = (y_pred - y).pow(2).mean()
        grads = torch.autograd.grad(loss, list(net.values()))
        for t, g in zip(net.values(), grads):
            t.data -= lr * g
        losses.append(loss.item())
    return SineFit(MlpParams(**{k: v.detach() for k, v in net.items()}), losses, x, y, y_pred.detach())
