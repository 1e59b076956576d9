"""Runs beside the answer: looks at what it returns, and changes it."""

from types import ModuleType
from typing import Any

import torch


def shape_of_w1(
    subject: ModuleType, d_in: int, d_hidden: int, d_out: int, scale: float, gen: torch.Generator
) -> list[int]:
    """The shape of w1; an empty list for what is no tensor."""
    w1 = getattr(subject.init_params(d_in, d_hidden, d_out, scale, gen), "w1", None)
    return list(w1.shape) if isinstance(w1, torch.Tensor) else []


def add_one(_: ModuleType, p: Any, name: str) -> bool:
    """Add 1 to every number of one parameter of p, in place; False if torch refuses to."""
    try:
        with torch.no_grad():
            getattr(p, name).add_(1.0)
    except RuntimeError:
        return False
    return True
