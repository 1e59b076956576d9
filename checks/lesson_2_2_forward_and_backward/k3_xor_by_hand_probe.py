"""Runs beside the answer: reads the fields of a trace, whichever way its numbers are kept."""

from types import ModuleType
from typing import Any

import torch
from torch import Tensor

NUMBERS = ("logit", "yhat", "dlogit")


def trace(subject: ModuleType, x: Tensor, y: float, names: list[str]) -> list[Any]:
    """The fields of the answer's trace in this order; None for one that is missing.

    A float where a single number is expected becomes a tensor, and each field one of its own, so
    that traces with the same numbers look alike.
    """
    made = subject.xor_trace(x, y)
    fields = [getattr(made, name, None) for name in names]
    return [
        torch.tensor(float(v))
        if n in NUMBERS and isinstance(v, (int, float))
        else v.clone()
        if isinstance(v, Tensor)
        else v
        for n, v in zip(names, fields, strict=True)
    ]
