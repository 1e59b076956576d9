"""torch.optim.SGD, functional losses, Xavier start; y_pred stays attached."""

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
    import torch.nn.functional as F

    x = torch.linspace(-torch.pi, torch.pi, steps=101).reshape(-1, 1)
    target = x.sin() + torch.randn(101, 1, generator=gen) * noise
    w1, w2 = torch.empty(1, hidden), torch.empty(hidden, 1)
    torch.nn.init.xavier_normal_(w1, generator=gen)
    torch.nn.init.xavier_uniform_(w2, generator=gen)
    params = MlpParams(
        w1.requires_grad_(),
        torch.zeros(hidden).requires_grad_(),
        w2.requires_grad_(),
        torch.zeros(1).requires_grad_(),
    )
    opt = torch.optim.SGD(list(vars(params).values()), lr=lr)
    f = getattr(F, act) if act == "relu" else torch.tanh
    net = lambda inputs: F.linear(
        f(F.linear(inputs, params.w1.T, params.b1)), params.w2.T, params.b2
    )
    losses = []
    for _ in range(epochs):
        opt.zero_grad()
        loss = F.mse_loss(net(x), target)
        losses.append(loss.item())
        loss.backward()
        opt.step()
    return SineFit(params=params, losses=losses, x=x, y=target, y_pred=net(x))
