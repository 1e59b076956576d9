"""Runs beside the answer: models that give logits, and what training makes of them."""

from types import ModuleType
from typing import Any

import torch
from torch import Tensor, nn

BENDS = {"tanh": nn.Tanh, "relu": nn.ReLU}


class _AnyFloat(nn.Module):
    """Rows in the kind of numbers that the layers hold; whole numbers are refused as ever."""

    def __init__(self, dtype: torch.dtype) -> None:
        super().__init__()
        self.dtype = dtype

    def forward(self, x: Tensor) -> Tensor:
        return x.to(self.dtype) if x.is_floating_point() else x


def line(_subject: ModuleType, w: Tensor, b: Tensor) -> nn.Module:
    """A linear model: the logit is x @ w + b, with w of shape (2,)."""
    return _filled([nn.Linear(2, 1)], [w.unsqueeze(0), b])


def network(_subject: ModuleType, act: str, *numbers: Tensor) -> nn.Module:
    """A hidden layer with "tanh" or "relu" and an output, with these parameters."""
    h = len(numbers[0])
    return _filled([nn.Linear(2, h), BENDS[act](), nn.Linear(h, 1)], list(numbers))


def numbers(_subject: ModuleType, net: nn.Module) -> Tensor:
    """All parameters in a row."""
    return torch.cat([p.detach().reshape(-1) for p in net.parameters()])


def trained(
    subject: ModuleType, act: str, start: list[Tensor], lr: float, epochs: int
) -> tuple[Any, Tensor]:
    """Train a network, or with act "" a line, from ``start``; the loss, and all parameters."""
    net = network(subject, act, *start) if act else line(subject, *start)
    loss = subject.train_xor(net, lr, epochs)
    return loss, numbers(subject, net)


def _filled(layers: list[nn.Module], values: list[Tensor]) -> nn.Module:
    net = nn.Sequential(_AnyFloat(values[0].dtype), *layers)
    with torch.no_grad():
        for p, value in zip(net.parameters(), values, strict=True):
            p.copy_(value)
    return net
