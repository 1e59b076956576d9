"""Runs beside the answer: its layer made, put into a mode, called, and differentiated."""

from types import ModuleType

import torch
from torch import Tensor


def passed(
    subject: ModuleType, p: float, gen: torch.Generator, training: bool, x: Tensor
) -> Tensor:
    """What the layer makes of x in this mode."""
    return subject.Dropout(p, gen).train(training)(x)


def calls(
    subject: ModuleType, p: float, gen: torch.Generator, x: Tensor, times: int
) -> list[Tensor]:
    """What one layer makes of x in several calls, while training."""
    layer = subject.Dropout(p, gen)
    return [layer(x.clone()) for _ in range(times)]


def backward(
    subject: ModuleType, p: float, gen: torch.Generator, training: bool, x: Tensor, g: Tensor
) -> tuple[Tensor, Tensor | None]:
    """What comes out in this mode, and the gradient of sum(g * that) by x."""
    leaf = x.clone().requires_grad_()
    out = subject.Dropout(p, gen).train(training)(leaf)
    if out.requires_grad:
        (out * g).sum().backward()
    return out, leaf.grad
