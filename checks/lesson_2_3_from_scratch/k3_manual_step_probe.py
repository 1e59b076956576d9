"""Runs beside the answer: builds losses on parameters that live here, and calls sgd_step."""

from types import ModuleType, SimpleNamespace
from typing import Any

import torch
from torch import Tensor

NAMES = ("w1", "b1", "w2", "b2")


def sgd_step(
    subject: ModuleType, start: list[Tensor], x: Tensor, ys: list[Tensor], lrs: list[float]
) -> list[dict[str, Any]]:
    """Several calls in a row, and what can be seen after each; ends where a gradient is None.

    Args:
        subject: the answer.
        start: w1, b1, w2 and b2.
        x: inputs.
        ys: the targets of each call's loss.
        lrs: the learning rate of each call.

    Returns:
        For each call, ``values``: the caller's four tensors; lists of four: ``same`` (the field is
        still the caller's object), ``wants_grad``, ``clear`` (no gradient is left), ``state``
        ("moved", "written" in place by nothing, or "untouched"); ``backward``: whether gradients
        were worked out; ``none``: what it wanted to do when it stopped because a gradient was
        None ("clear" or "use"), else empty.
    """
    own = [t.detach().clone().requires_grad_() for t in start]
    make = getattr(subject, "MlpParams", SimpleNamespace)
    p = make(**dict(zip(NAMES, own, strict=True)))
    reached: list[bool] = []

    def note(_: Tensor) -> None:
        reached.append(True)

    for t in own:
        t.register_hook(note)
    seen: list[dict[str, Any]] = []
    for y, lr in zip(ys, lrs, strict=True):
        reached.clear()
        before = [(t.detach().clone(), t._version) for t in own]
        none = _call(subject, p, _loss(p, x, y), lr)
        seen.append(
            {
                "values": [t.detach().clone() for t in own],
                "same": [getattr(p, n) is t for n, t in zip(NAMES, own, strict=True)],
                "wants_grad": [bool(t.requires_grad) for t in own],
                "clear": [t.grad is None or not bool(t.grad.any()) for t in own],
                "state": [_state(t, *old) for t, old in zip(own, before, strict=True)],
                "backward": bool(reached),
                "none": none,
            }
        )
        if none:
            break
    return seen


def _call(subject: ModuleType, p: Any, loss: Tensor, lr: float) -> str:
    try:
        subject.sgd_step(p, loss, lr)
    except (TypeError, AttributeError) as error:
        if "NoneType" not in str(error):
            raise
        return "clear" if "'zero_'" in str(error) else "use"
    return ""


def _state(t: Tensor, old: Tensor, version: int) -> str:
    if not torch.equal(t.detach(), old):
        return "moved"
    return "written" if t._version > version else "untouched"


def _loss(p: Any, x: Tensor, y: Tensor) -> Tensor:
    return (torch.tanh(x @ p.w1 + p.b1) @ p.w2 + p.b2 - y).square().mean()
