"""Runs beside the answer: shapes and dtypes of what it returns, as plain values."""

from types import ModuleType

import torch


def columns(
    subject: ModuleType, n: int, noise: float, gen: torch.Generator
) -> list[tuple[list[int], str]]:
    """Shape and dtype of each result; an empty shape and "" for what is no tensor."""
    result = subject.moons(n, noise, gen)
    items = result if isinstance(result, (tuple, list)) else [result]
    return [
        (list(t.shape), str(t.dtype)) if isinstance(t, torch.Tensor) else ([], "") for t in items
    ]
