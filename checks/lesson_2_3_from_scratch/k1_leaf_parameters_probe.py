"""Runs beside the answer: the sizes of what it returns, and changes to what it returned."""

from types import ModuleType
from typing import Any

import torch


def sizes(
    subject: ModuleType, d_in: int, d_hidden: int, d_out: int, scale: float, gen: torch.Generator
) -> list[list[int]]:
    """The shapes of w1, b1, w2 and b2; an empty list for what is no tensor."""
    params = subject.init_params(d_in, d_hidden, d_out, scale, gen)
    fields = [getattr(params, name, None) for name in ("w1", "b1", "w2", "b2")]
    return [list(t.shape) if isinstance(t, torch.Tensor) else [] for t in fields]


def add_one(_: ModuleType, p: Any, name: str) -> bool:
    """Add 1 to every number of one parameter of p, in place; False if torch refuses to."""
    try:
        with torch.no_grad():
            getattr(p, name).add_(1.0)
    except RuntimeError:
        return False
    return True
