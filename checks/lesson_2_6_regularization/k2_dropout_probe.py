"""Runs beside the answer: its layer made, put into a mode, called, and differentiated."""

from types import ModuleType

import torch
from torch import Tensor


def passed(
    subject: ModuleType, p: float, gen: torch.Generator, training: bool, x: Tensor
) -> Tensor:
    """What the layer makes of x in this mode."""
    return subject.Dropout(p, gen).train(training)(x)


def twice(subject: ModuleType, p: float, gen: torch.Generator, x: Tensor) -> tuple[Tensor, Tensor]:
    """What one layer makes of x in two calls, while training."""
    layer = subject.Dropout(p, gen)
    return layer(x).clone(), layer(x)


def backward(
    subject: ModuleType, p: float, gen: torch.Generator, x: Tensor, g: Tensor
) -> tuple[Tensor, Tensor | None]:
    """What comes out while training, and the gradient of sum(g * that) by x."""
    leaf = x.clone().requires_grad_()
    out = subject.Dropout(p, gen)(leaf)
    if out.requires_grad:
        (out * g).sum().backward()
    return out, leaf.grad
