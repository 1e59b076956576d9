"""Runs beside the answer: reads the fields of a trace, whichever way its numbers are kept."""

from types import ModuleType
from typing import Any

import torch
from torch import Tensor

NUMBERS = ("logit", "yhat", "dlogit")


def trace(subject: ModuleType, x: Tensor, y: float, names: list[str]) -> tuple[str, list[Any]]:
    """What kind of result came, and its fields in this order; None for one that is missing."""
    made = subject.xor_trace(x, y)
    return type(made).__name__, [_plain(n, getattr(made, n, None)) for n in names]


def _plain(name: str, value: Any) -> Any:
    """A tensor of its own, so that traces with the same numbers look alike.

    A single number may be a float or a tensor that holds one number.
    """
    if name in NUMBERS and isinstance(value, (int, float)):
        return torch.tensor(float(value))
    if not isinstance(value, Tensor):
        return value
    one = name in NUMBERS and value.numel() == 1
    return value.reshape(()).clone() if one else value.clone()
