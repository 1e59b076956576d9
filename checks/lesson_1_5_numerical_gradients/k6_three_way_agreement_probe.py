"""Runs beside the answer: calls of it, also while autograd gives wrong gradients."""

from types import ModuleType
from typing import Any

import torch
from torch import Tensor


def gradients(subject: ModuleType, x: Tensor, y: Tensor, w: Tensor) -> dict[str, Any]:
    """The three gradients of one call."""
    made = subject.logistic_grads(x, y, w)
    return {"manual": made.manual, "autograd": made.autograd, "numeric": made.numeric}


def fine(subject: ModuleType, x: Tensor, y: Tensor, w: Tensor) -> bool:
    """Whether ``manual_numeric`` is right where it is mere rounding, different for everybody."""
    made = subject.logistic_grads(x, y, w)
    apart = float((made.manual - made.numeric).detach().abs().max())
    return bool(abs(made.manual_numeric - apart) <= 1e-6 * apart)


def logistic_grads(
    subject: ModuleType, x: Tensor, y: Tensor, w: Tensor, factor: float
) -> dict[str, Any]:
    """One call, with each of autograd's gradients multiplied by a factor.

    Returns:
        The gradients, the differences, and as ``ran`` whether autograd ran.
    """
    variable: Any = torch.autograd.Variable
    engine = variable._execution_engine
    ran: list[bool] = []

    class Engine:
        def run_backward(self, tensors: Any, grads: Any, *args: Any, **kwargs: Any) -> Any:
            ran.append(True)
            larger = tuple(g if g is None else g * factor for g in grads)
            return engine.run_backward(tensors, larger, *args, **kwargs)

        def __getattr__(self, name: str) -> Any:
            return getattr(engine, name)

    variable._execution_engine = Engine()
    try:
        made = subject.logistic_grads(x, y, w)
    finally:
        variable._execution_engine = engine
    return {
        "manual": made.manual,
        "autograd": made.autograd,
        "numeric": made.numeric,
        "manual_autograd": made.manual_autograd,
        "manual_numeric": made.manual_numeric,
        "autograd_numeric": made.autograd_numeric,
        "ran": bool(ran),
    }
