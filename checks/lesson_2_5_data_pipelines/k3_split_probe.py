"""Runs beside the answer: many splits in one call."""

from types import ModuleType

import torch
from torch import Tensor


def kept(subject: ModuleType, n: int, fraction: float, gen: torch.Generator, times: int) -> Tensor:
    """The validation rows of many splits, one after the other."""
    return torch.cat([subject.split(n, fraction, gen)[1] for _ in range(times)])
