"""Runs beside the answer: builds networks, lets them predict and train in turn, notes all of it."""

from types import ModuleType
from typing import Any

from torch import Tensor


def rounds(
    subject: ModuleType, act: str, xs: list[Tensor], ys: list[Tensor], lr: float
) -> list[dict[str, Any]]:
    """For each pair: what the network says of x, and then a training step with x and y.

    Returns:
        For each, ``said``, ``loss``, and the parameters ``before`` and ``after`` the step (empty
        lists if the network doesn't keep them under the stub's names).
    """
    net = subject.build(act)
    seen: list[dict[str, Any]] = []
    for x, y in zip(xs, ys, strict=True):
        before, said = _parameters(net), net.predict(x.clone())
        loss = net.train_step(x.clone(), y.clone(), lr)
        row = {"said": said, "loss": loss, "before": before, "after": _parameters(net)}
        seen.append(row)
    return seen


def beside_another(subject: ModuleType, act: str, other: str, x: Tensor, y: Tensor) -> list[Tensor]:
    """What a network says of x before and after another one is built and trained."""
    net = subject.build(act)
    first = net.predict(x.clone())
    subject.build(other).train_step(x.clone(), y.clone(), 0.05)
    return [first, net.predict(x.clone())]


def _parameters(net: Any) -> list[Tensor]:
    found = [getattr(net, name, None) for name in ("w1", "b1", "w2", "b2")]
    if not all(isinstance(t, Tensor) for t in found):
        return []
    return [t.detach().clone() for t in found if isinstance(t, Tensor)]
