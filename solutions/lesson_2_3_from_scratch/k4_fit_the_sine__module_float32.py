"""An nn.Module in float32 by name; random sorted x, parameters handed out as plain tensors."""

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
    from torch import nn

    x = (
        torch.rand(500, 1, generator=gen, dtype=torch.float32)
        .mul(2)
        .sub(1)
        .mul(math.pi)
        .sort(dim=0)
        .values
    )
    y = torch.sin(x) + noise * torch.randn(500, 1, generator=gen, dtype=torch.float32)
    with torch.random.fork_rng():
        first, second = (
            nn.Linear(1, hidden, dtype=torch.float32),
            nn.Linear(hidden, 1, dtype=torch.float32),
        )
    with torch.no_grad():
        for layer in (first, second):
            k = layer.in_features**-0.5
            layer.weight.uniform_(-k, k, generator=gen)
            layer.bias.uniform_(-k, k, generator=gen)
    net = nn.Sequential(first, nn.ReLU() if act == "relu" else nn.Tanh(), second)
    losses = []
    for _ in range(epochs):
        net.zero_grad()
        loss = nn.functional.mse_loss(net(x), y)
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            for t in net.parameters():
                t -= lr * t.grad
    p = MlpParams(
        first.weight.detach().T, first.bias.detach(), second.weight.detach().T, second.bias.detach()
    )
    return SineFit(p, losses, x, y, net(x))
