"""Runs beside the answer: takes the caller's parameters as they are by now, and trains."""

from types import ModuleType
from typing import Any

import torch
from torch import Tensor


def take(_: ModuleType, p: Any) -> None:
    """Do nothing. The tensors of p were made what they are in the judge when p came over."""


def train(
    _subject: ModuleType, net: Any, x: Tensor, y: Tensor, lr: float, rounds: int
) -> list[Tensor]:
    """Rounds of forward, backward, step on a logistic loss; the outputs before each and after."""
    outputs = [net.forward(x.clone()).detach()]
    for _ in range(rounds):
        net.backward((torch.sigmoid(outputs[-1]) - y) / len(y))
        net.step(lr)
        outputs.append(net.forward(x.clone()).detach())
    return outputs
