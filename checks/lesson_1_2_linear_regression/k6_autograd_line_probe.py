"""Runs beside the answer: a descent with derivatives that are too small, and a long one."""

from types import ModuleType
from typing import Any

import torch
from torch import Tensor

from dojo.learner.room import many


class Weak:
    """Autograd's engine, all of whose derivatives come out ``factor`` times as large."""

    def __init__(self, engine: Any, factor: float) -> None:
        self._engine = engine
        self._factor = factor

    def run_backward(self, outputs: Any, grads: Any, *args: Any, **kwargs: Any) -> Any:
        weak = tuple(None if g is None else g * self._factor for g in grads)
        return self._engine.run_backward(outputs, weak, *args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)


def first_step(
    subject: ModuleType, x: Tensor, y: Tensor, w: Tensor, b: Tensor, lr: float, factor: float
) -> object:
    """What the answer returns after one epoch with derivatives ``factor`` times as large."""
    variable: Any = torch.autograd.Variable
    forward: Any = torch.autograd.forward_ad
    engine, make_dual = variable._execution_engine, forward.make_dual

    def weak_dual(tensor: Tensor, tangent: Tensor, **more: Any) -> Tensor:
        return make_dual(tensor, tangent * factor, **more)

    variable._execution_engine = Weak(engine, factor)
    forward.make_dual = weak_dual
    try:
        return subject.fit_line_autograd(x, y, w, b, lr, 1)
    finally:
        variable._execution_engine = engine
        forward.make_dual = make_dual


def many_epochs(
    subject: ModuleType, x: Tensor, y: Tensor, w: Tensor, b: Tensor, lr: float
) -> tuple[Any, int]:
    """A descent of more epochs than calls fit inside one another, and how many these were."""
    return many(
        lambda epochs: subject.fit_line_autograd(*(t.clone() for t in (x, y, w, b)), lr, epochs)
    )
