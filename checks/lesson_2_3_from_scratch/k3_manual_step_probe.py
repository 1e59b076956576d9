"""Runs beside the answer: computes a loss from the parameters, where its graph can live.

What became of the parameters the judge sees for itself: they are arguments. What is noted here
serves to name a mistake once a check has failed, and never to judge.
"""

from types import ModuleType
from typing import Any

import torch
from torch import Tensor

NAMES = ("w1", "b1", "w2", "b2")
_reached: list[bool] = []
_traces: dict[str, bool] = {}


def sgd_step(subject: ModuleType, p: Any, x: Tensor, y: Tensor, lr: float) -> None:
    """One call of the answer's sgd_step, with a loss that was just computed from p."""
    own = [(t, t._version) for t in (getattr(p, name) for name in NAMES)]
    _reached.clear()
    for t, _ in own:
        t.register_hook(_note)
    loss = (torch.tanh(x @ p.w1 + p.b1) @ p.w2 + p.b2 - y).square().mean()
    try:
        subject.sgd_step(p, loss, lr)
    finally:
        _traces["worked out"] = bool(_reached)
        _traces["written"] = any(t._version > version for t, version in own)
        _traces["all there"] = all(t.grad is not None for t, _ in own)
        _traces["none there"] = all(t.grad is None for t, _ in own)
        _traces["left"] = any(t.grad is not None and bool(t.grad.any()) for t, _ in own)


def only_step(subject: ModuleType, p: Any, x: Tensor, y: Tensor, lr: float) -> None:
    """The same where no second call follows: what is left in .grad is nobody's business then."""
    own = [getattr(p, name) for name in NAMES]
    sgd_step(subject, p, x, y, lr)
    for t in own:
        t.grad = None


def steps(subject: ModuleType, p: Any, x: Tensor, y: Tensor, lr: float, calls: int) -> None:
    """So many calls of the answer, one after the other."""
    for _ in range(calls):
        sgd_step(subject, p, x, y, lr)


def _note(_: Tensor) -> None:
    _reached.append(True)


def traces(_: ModuleType) -> dict[str, bool]:
    """Of the latest call: gradients worked out, where one is afterwards, any tensor written."""
    return _traces
