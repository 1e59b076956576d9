"""Runs beside the answer: functions to grade gradients of, which note where they are called."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import torch
from torch import Tensor


def function(kind: str, c: Tensor, d: Tensor, start: Tensor, unit: float) -> Callable[..., Tensor]:
    """A smooth function of a vector, in float64 unless it is called with float32."""

    def f(t: Tensor) -> Tensor:
        p, q, s = c.to(t.dtype), d.to(t.dtype), start.to(t.dtype)
        if kind == "waves":
            return unit * (torch.sin(p @ t) + q @ t**2)
        if kind == "product":
            return unit * (torch.exp(torch.tanh(p @ t) / 2) * (q @ t))
        # All slopes but the first are a billionth.
        flat = q[1:] @ (t[1:] - s[1:]) ** 2 + 1e-9 * (q[1:] @ t[1:])
        return unit * (2 * t[0] + torch.sin(t[0]) + flat)

    return f


def gradient_is_right(
    subject: ModuleType,
    kind: str,
    c: Tensor,
    d: Tensor,
    x: Tensor,
    unit: float,
    claimed: Tensor,
) -> dict[str, Any]:
    """One call of the answer.

    Returns:
        ``answer``: what it said; ``moves``: at which distances from x it called the function, a
        row each; ``single``: whether it did so in float32; ``all``: answer and moves as one tensor,
        so that answers alike that come about differently are told apart.
    """
    start = x.detach().clone().double()
    f = function(kind, c.double(), d.double(), start, unit)
    moves: list[Tensor] = []
    single: list[bool] = []

    def noted(t: Tensor) -> Tensor:
        if len(moves) < 500:
            moves.append(t.detach().double() - start)
            single.append(t.dtype == torch.float32)
        return f(t).detach()

    answer = subject.gradient_is_right(noted, x, claimed)
    rows = torch.stack(moves) if moves else torch.zeros(0, len(start), dtype=torch.float64)
    flag = torch.tensor([float(answer is True)], dtype=torch.float64)
    return {
        "answer": answer,
        "moves": rows,
        "single": any(single),
        "all": torch.cat([flag, rows.flatten()]),
    }
