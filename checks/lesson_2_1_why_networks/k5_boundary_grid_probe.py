"""Runs beside the answer: a small model with dropout, and what can be seen of it afterwards."""

from types import ModuleType
from typing import Any

import torch
from torch import Tensor, nn


def model(
    _subject: ModuleType,
    w1: Tensor,
    b1: Tensor,
    w2: Tensor,
    b2: Tensor,
    training: bool,
    dropout: float = 0.5,
) -> nn.Module:
    """Linear, tanh, dropout, linear, sigmoid; each parameter has a gradient of ones."""
    first, last = nn.Linear(2, len(b1)), nn.Linear(len(b1), 1)
    net = _Listening(first, nn.Tanh(), nn.Dropout(dropout), last, nn.Sigmoid())
    refill(_subject, net, w1, b1, w2, b2)
    for p in net.parameters():
        p.grad = torch.ones_like(p)
    return net.train(training)


def refill(
    _subject: ModuleType, net: nn.Module, w1: Tensor, b1: Tensor, w2: Tensor, b2: Tensor
) -> None:
    """Give a model other numbers, each w as (in, out)."""
    with torch.no_grad():
        for p, n in zip(net.parameters(), (w1.T, b1, w2.T, b2), strict=True):
            p.copy_(n)


def asked(_subject: ModuleType, net: "_Listening") -> list[list[int]]:
    """The shapes of what the model was asked with, one for each call."""
    return [list(x.shape) for x in net.inputs]


def places(_subject: ModuleType, net: "_Listening") -> Tensor:
    """All numbers that the model was asked with, in a row."""
    return torch.cat([x.reshape(-1) for x in net.inputs] or [torch.zeros(0)])


def state(_subject: ModuleType, net: nn.Module) -> dict[str, Any]:
    """``training``: the mode of each part; the parameters' ``values``, ``grads``, ``recording``."""
    parameters = list(net.parameters())
    return {
        "training": [m.training for m in net.modules()],
        "values": [p.detach().clone() for p in parameters],
        "grads": [None if p.grad is None else p.grad.clone() for p in parameters],
        "recording": [p.requires_grad for p in parameters],
    }


class _Listening(nn.Sequential):
    """Keeps its inputs."""

    def __init__(self, *parts: nn.Module) -> None:
        super().__init__(*parts)
        self.inputs: list[Tensor] = []

    def forward(self, input: Tensor) -> Tensor:
        self.inputs.append(input.detach().clone())
        return super().forward(input)
