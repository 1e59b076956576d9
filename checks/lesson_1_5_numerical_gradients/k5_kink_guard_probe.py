"""Runs beside the answer: a ReLU network with all its parameters in one vector."""

from types import ModuleType
from typing import Any

from torch import Tensor


def numeric_grad_safe(
    subject: ModuleType, points: Tensor, y: Tensor, hidden: int, theta: Tensor, *h: float
) -> Any:
    """One call of the answer, for a network with one hidden layer and one output.

    Args:
        subject: the answer.
        points: one row a point.
        y: the targets.
        hidden: how many ReLUs.
        theta: w1, b1, w2 and b2, one after the other.
        h: the step, or nothing for the default.
    """
    n = points.shape[1] * hidden

    def pre(t: Tensor) -> Tensor:
        return points.to(t.dtype) @ t[:n].reshape(-1, hidden) + t[n : n + hidden]

    def f(t: Tensor) -> Tensor:
        out = pre(t).clamp(min=0) @ t[n + hidden : n + 2 * hidden] + t[-1]
        return (out - y.to(t.dtype)).square().mean()

    return subject.numeric_grad_safe(f, pre, theta, *h)
