"""Runs beside the answer: trains a ManualMLP on a spiral and reports how it went."""

import math
from types import ModuleType, SimpleNamespace
from typing import Any

import torch
from torch import Tensor

POINTS = 16  # on each arm
HIDDEN = 8
_TRAINED: list[Any] = []


def train_on_spiral(
    subject: ModuleType, lr: float, rounds: int
) -> tuple[list[float], list[float], list[float], Tensor, Tensor]:
    """Train on two arms of one turn each, from fixed parameters, always with all points.

    Args:
        subject: the answer.
        lr: the learning rate.
        rounds: how many rounds of forward, backward and step.

    Returns:
        Two pairs of the mean loss (binary cross-entropy of the outputs as logits) and the share
        of points on the right side, before the first round and after the last; the loss of each
        round; the points and their labels.
    """
    x, y = _spiral()
    make = getattr(subject, "MlpParams", SimpleNamespace)
    net = subject.ManualMLP(make(**_parameters()))
    before = _report(net.forward(x.clone()), y)
    losses: list[float] = []
    for _ in range(rounds):
        out = net.forward(x.clone())
        losses.append(_report(out, y)[0])
        net.backward(((torch.sigmoid(out.detach()) - y) / len(y)).to(x.dtype))
        net.step(lr)
    after = _report(net.forward(x.clone()), y)
    _TRAINED.append(net)
    return before, after, losses, x, y


def outputs_on_a_grid(
    subject: ModuleType, left: float, right: float, low: float, high: float, side: int
) -> Tensor:
    """What the network that was trained last gives on an even grid, row by row from below."""
    ys, xs = torch.meshgrid(
        torch.linspace(low, high, side), torch.linspace(left, right, side), indexing="ij"
    )
    out = _TRAINED[-1].forward(torch.stack([xs.reshape(-1), ys.reshape(-1)], dim=1))
    return out.detach().reshape(side, side)


def _report(out: Tensor, y: Tensor) -> list[float]:
    logits = out.detach().to(y.dtype)
    loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, y)
    return [float(loss), float(((logits > 0) == (y > 0.5)).double().mean())]


def _spiral() -> tuple[Tensor, Tensor]:
    radius = torch.linspace(0.15, 1, POINTS)
    angle = 2 * math.pi * radius
    arm = 2 * torch.stack([radius * torch.cos(angle), radius * torch.sin(angle)], dim=1)
    x = torch.cat([arm, -arm]) + torch.tensor([0.3, -0.2])
    return x, torch.cat([torch.zeros(POINTS, 1), torch.ones(POINTS, 1)])


def _parameters() -> dict[str, Tensor]:
    k = torch.arange(HIDDEN).to(torch.get_default_dtype())
    return {
        "w1": 2 * torch.stack([torch.cos(2.4 * k), torch.sin(2.4 * k)]),
        "b1": torch.cos(1.7 * k + 0.5),
        "w2": 0.7 * torch.sin(1.3 * k + 0.8).unsqueeze(1),
        "b2": torch.tensor([0.1]),
    }
