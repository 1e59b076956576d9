"""Runs beside the answer: the sizes of what it returns, as plain numbers."""

from types import ModuleType

import torch


def sizes(
    subject: ModuleType, d_in: int, d_hidden: int, d_out: int, scale: float, gen: torch.Generator
) -> list[list[int]]:
    """The shapes of w1, b1, w2 and b2; an empty list for what is no tensor."""
    params = subject.init_params(d_in, d_hidden, d_out, scale, gen)
    fields = [getattr(params, name, None) for name in ("w1", "b1", "w2", "b2")]
    return [list(t.shape) if isinstance(t, torch.Tensor) else [] for t in fields]
