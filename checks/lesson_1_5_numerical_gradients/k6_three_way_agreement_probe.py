"""Runs beside the answer: one call of it while autograd gives gradients that are too large."""

from types import ModuleType
from typing import Any

import torch
from torch import Tensor


def logistic_grads(
    subject: ModuleType, x: Tensor, y: Tensor, w: Tensor, factor: float
) -> dict[str, Any]:
    """One call, with each of autograd's gradients multiplied by a factor.

    Returns:
        ``result``: the answer's; ``ran``: how often autograd ran.
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
        return {"result": subject.logistic_grads(x, y, w), "ran": len(ran)}
    finally:
        variable._execution_engine = engine
