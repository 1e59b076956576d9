"""2.3.3: one step, then several calls in a row, compared with autograd's gradients in float64.

The parameters are arguments, so the judge sees by itself which tensors p holds after a call, what
they are worth, and whether they are leaves. Whether a gradient is cleared to None or to zero, at
the end of a call or at the start of the next, is not judged: only the steps that follow are.
Twenty equal steps differ by 1e-15.
"""

from dataclasses import replace

import torch
from torch import Tensor

from dojo.failure import Failed
from dojo.suite.vocabulary import (
    Gen,
    GradientBars,
    Learner,
    Record,
    close,
    draw,
    is_leaf,
    record,
    require,
    shapes,
    values,
)

NAMES = ("w1", "b1", "w2", "b2")


class Parameters:
    """Four tensors of the caller, in a record that goes to the answer.

    Attributes:
        own: the tensors.
        p: the record; after a call, what the answer left in it.
    """

    def __init__(self, start: list[Tensor]) -> None:
        self.own = [t.clone().requires_grad_() for t in start]
        self.p: Record = record("MlpParams", **dict(zip(NAMES, self.own, strict=True)))

    def now(self) -> list[Tensor]:
        """The tensors' numbers, as they are now."""
        return [t.detach().clone() for t in self.own]

    def step(
        self, learner: Learner, x: Tensor, y: Tensor, lr: float, only: bool = False
    ) -> list[Tensor]:
        """One call of the answer, the only one or one of several: before minus after."""
        before = self.now()
        call = learner.probe.only_step if only else learner.probe.sgd_step
        try:
            call(self.p, x, y, lr)
        except Failed as failed:
            mistake = _name_none(learner, failed)
            named = replace(failed.finding, mistake=mistake)
            raise failed if mistake is None else replace(failed, finding=named) from None
        return [a - b for a, b in zip(before, self.now(), strict=True)]


def _data(
    gen: Gen, n: int = 7, i: int = 3, h: int = 5, o: int = 2
) -> tuple[Parameters, Tensor, Tensor]:
    while True:
        start = [gen.randn(i, h), gen.randn(h), gen.randn(h, o), gen.randn(o)]
        x, y = 0.7 + gen.randn(n, i), 2 + gen.randn(n, o)
        grads = _grads(start, x, y)
        # A move is told from before and after: beside a large number a tiny one has few digits.
        if all(g.norm() > 0.05 * t.norm() for g, t in zip(grads, start, strict=True)):
            return Parameters(start), x, y


def _grads(params: list[Tensor], x: Tensor, y: Tensor) -> list[Tensor]:
    w1, b1, w2, b2 = leaves = [t.detach().clone().requires_grad_() for t in params]
    loss = (torch.tanh(x @ w1 + b1) @ w2 + b2 - y).square().mean()
    return list(torch.autograd.grad(loss, leaves))


@shapes
def test_same_tensors(learner: Learner, gen: Gen) -> None:
    """the caller's own tensors come out of the call, and still require grad"""
    net, x, y = _data(gen)
    net.step(learner, x, y, 0.1, only=True)
    pairs = zip(NAMES, net.own, strict=True)
    lost = ", ".join(name for name, t in pairs if getattr(net.p, name) is not t)
    require(
        not lost,
        f"After the call another tensor object stands in p than before: {lost}. The caller's own "
        "tensor did not take the step.",
        mistake="fields-rebound",
        replaced=lost,
    )
    silent = ", ".join(n for n, t in zip(NAMES, net.own, strict=True) if not t.requires_grad)
    require(
        not silent,
        f"After the call requires_grad is False for {silent}.",
        mistake="recording-switched-off",
        without_grad=silent,
    )
    for name, t in zip(NAMES, net.own, strict=True):
        is_leaf(t, f"{name} after the call")


@values
def test_first_step(learner: Learner, gen: Gen) -> None:
    """one call moves each parameter by lr times its gradient"""
    net, x, y = _data(gen)
    lr, grads = 0.13, _grads(net.own, x, y)
    moves = net.step(learner, x, y, lr, only=True)
    asked = dict(zip(NAMES, zip(moves, [lr * g for g in grads], strict=True), strict=True))
    draw(learner, GradientBars.of(asked, title="moves, beside lr times autograd's gradients"))
    _judge_step(learner, net, moves, grads, lr)
    for name, (got, want) in asked.items():
        close(got, want, f"the move of {name} (before minus after)")


@values
def test_next_calls(learner: Learner, gen: Gen) -> None:
    """the second and third call start clean"""
    net, x, y = _data(gen, n=6, i=2, h=4, o=3)
    piled = [torch.zeros_like(t) for t in net.own]
    for k, (target, lr) in enumerate(((y, 0.1), (y + 1, 0.05), (2 * y, 0.07))):
        grads = _grads(net.own, x, target)
        moves = net.step(learner, x, target, lr)
        if not k:
            _judge_step(learner, net, moves, grads, lr)
        piled = [a + g for a, g in zip(piled, grads, strict=True)]
        rows = zip(NAMES, moves, grads, piled, strict=True)
        old = [n for n, m, g, p in rows if k and _near(m, lr * p) and not _near(m, lr * g)]
        require(
            not old,
            f"In call {k + 1}, {', '.join(old)} moved by the sum of the gradients of all calls so "
            "far, not by the gradient of this call.",
            mistake="gradients-pile-up",
            piled=", ".join(old),
        )
        for name, got, grad in zip(NAMES, moves, grads, strict=True):
            close(got, lr * grad, f"the move of {name} in call {k + 1}")


@values
def test_two_networks(learner: Learner, gen: Gen) -> None:
    """two sets of parameters that take their steps in turn"""
    nets = [_data(gen) for _ in range(3)]
    for call in (1, 2):
        for net, x, y in nets:
            grads = _grads(net.own, x, y)
            moves = net.step(learner, x, y, 0.1)
            _judge_step(learner, net, moves, grads, 0.1)
            for name, got, grad in zip(NAMES, moves, grads, strict=True):
                close(got, 0.1 * grad, f"the move of {name} in call {call} of several networks")


@values
def test_twenty_calls(learner: Learner, gen: Gen) -> None:
    """twenty calls follow the path of gradient descent"""
    net, x, y = _data(gen, n=5, i=4, h=3, o=1)
    want = net.now()
    learner.probe.steps(net.p, x, y, 0.05, 20)
    for _ in range(20):
        want = [t - 0.05 * g for t, g in zip(want, _grads(want, x, y), strict=True)]
    for name, got, expected in zip(NAMES, net.own, want, strict=True):
        close(got, expected, f"{name} after 20 calls", steps=20)


def _name_none(learner: Learner, failed: Failed) -> str | None:
    """The mistake behind a call that stopped because a .grad was None, where it can be told."""
    message = failed.raised.message if failed.raised is not None else ""
    if "NoneType" not in message:
        return None
    traces = learner.probe.traces()
    clears = "'zero_'" in message
    if traces["all there"]:  # so it was another tensor's .grad
        return "asks-a-copy"
    if clears:
        return "clears-nothing" if traces["none there"] else None
    return "cleared-too-early" if traces["worked out"] else "no-backward"


def _judge_step(
    learner: Learner, net: Parameters, moves: list[Tensor], grads: list[Tensor], lr: float
) -> None:
    """What a step shows at a glance: that all moved, and how far against their gradients."""
    _judge_moved(learner, net, moves)
    _judge_lengths(moves, grads, lr)


def _judge_moved(learner: Learner, net: Parameters, moves: list[Tensor]) -> None:
    """Every tensor has to move; when none does, tell why as far as that can be seen."""
    cleared = not any(bool(t.any()) for t in net.now())
    text = "After the call all four parameters are zero."
    require(not cleared, text, mistake="parameters-cleared")
    still = [n for n, m in zip(NAMES, moves, strict=True) if not m.any()]
    if len(still) == len(NAMES):
        mistake, about = _name_still(learner)
        text = "All four parameters are after the call exactly what they were before"
        require(False, f"{text}{about}.", mistake=mistake)
    same = all(getattr(net.p, n) is t for n, t in zip(NAMES, net.own, strict=True))
    require(
        not still,
        f"Did not move: {', '.join(still)}.",
        mistake="tensor-forgotten" if same else None,
        unmoved=", ".join(still),
    )


def _name_still(learner: Learner) -> tuple[str, str]:
    traces = learner.probe.traces()
    if not traces["worked out"]:
        return "no-backward", ""
    if traces["written"]:
        return "cleared-too-early", ""
    if traces["left"]:
        return "moves-a-copy", ""
    return "step-lost", ", although their gradients were worked out"


def _judge_lengths(moves: list[Tensor], grads: list[Tensor], lr: float) -> None:
    """Moves in the right directions that have not the right lengths, for more than one reason."""
    text = "The step has not the length of lr times the gradient"
    signs = all(float((m.abs() / lr - 1).abs().max()) < 1e-3 for m in moves)
    require(not signs, f"{text}: every number moved by {lr}.", mistake="only-the-sign")
    factors = [_factor(m, g) / lr for m, g in zip(moves, grads, strict=True)]
    # What people forget or do twice has a name of its own; in float32 a right step is off by 1e-5.
    known = any(all(abs(f / c - 1) < 1e-4 for f in factors) for c in (1, 2, lr, 1 / lr))
    shown = ", ".join(f"{f:.4g}" for f in factors)
    require(
        known or not all(f > 0 for f in factors),
        f"{text}: for w1, b1, w2 and b2 it is {shown} times that.",
        mistake="other-length",
    )


def _factor(move: Tensor, grad: Tensor) -> float:
    """c where move = c * grad; NaN where there is no such number."""
    c = float((move * grad).sum() / grad.square().sum())
    return c if _near(move, c * grad) else float("nan")


def _near(got: Tensor, want: Tensor) -> bool:
    return float((got - want).norm()) <= 1e-6 * float(want.norm())
