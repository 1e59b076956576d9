"""2.3.3: one step, then several calls in a row, compared with autograd's gradients in float64.

Whether a gradient is cleared to None or to zero, at the end of a call or at the start of the
next, is not judged: only the steps that follow are. Twenty equal steps differ by 1e-15.
"""

from typing import Any

import torch
from torch import Tensor

from dojo.judge.vocabulary import (
    Gen,
    GradientBars,
    Learner,
    close,
    draw,
    require,
    shapes,
    values,
)

NAMES = ("w1", "b1", "w2", "b2")
Data = tuple[list[Tensor], Tensor, Tensor]


def _data(gen: Gen, n: int = 7, i: int = 3, h: int = 5, o: int = 2) -> Data:
    start = [gen.randn(i, h), gen.randn(h), gen.randn(h, o), gen.randn(o)]
    return start, 0.7 + gen.randn(n, i), 2 + gen.randn(n, o)


def _grads(params: list[Tensor], x: Tensor, y: Tensor) -> list[Tensor]:
    w1, b1, w2, b2 = leaves = [t.detach().clone().requires_grad_() for t in params]
    loss = (torch.tanh(x @ w1 + b1) @ w2 + b2 - y).square().mean()
    return list(torch.autograd.grad(loss, leaves))


@shapes
def test_same_tensors(learner: Learner, gen: Gen) -> None:
    """the caller's own tensors come out of the call, and still require grad"""
    start, x, y = _data(gen)
    (seen,) = learner.probe.sgd_step(start, x, [y], [0.1])
    _judge_none(seen)
    lost = _where(seen["same"], False)
    require(
        not lost,
        f"After the call another tensor object stands in p than before: {lost}. The caller's own "
        "tensor did not take the step.",
        mistake="fields-rebound",
        replaced=lost,
    )
    silent = _where(seen["wants_grad"], False)
    require(
        not silent,
        f"After the call requires_grad is False for {silent}.",
        mistake="recording-switched-off",
        without_grad=silent,
    )


@values
def test_first_step(learner: Learner, gen: Gen) -> None:
    """one call moves each parameter by lr times its gradient"""
    start, x, y = _data(gen)
    grads, lrs = _grads(start, x, y), [0.1, 0.03]
    seen = [learner.probe.sgd_step(start, x, [y], [lr])[0] for lr in lrs]
    moves = [_moved(start, s["values"]) for s in seen]
    asked = [lrs[0] * g for g in grads]
    pairs = dict(zip(NAMES, zip(moves[0], asked, strict=True), strict=True))
    draw(learner, GradientBars.of(pairs, title="moves, beside lr times autograd's gradients"))
    _judge_moved(seen[0])
    mistake = _name_factor([_factor(m, grads) for m in moves], lrs)
    if all(not bool(t.any()) for t in seen[0]["values"]):
        mistake = "parameters-cleared"
    elif mistake is None and not _equal(moves[0], asked):
        mistake = _name_move(moves[0], grads, lrs[0])
    for lr, moved in zip(lrs, moves, strict=True):
        want = [lr * g for g in grads]
        ratio = _factor(moved, want)
        require(
            mistake is None or _equal(moved, want),
            f"With lr {lr} the parameters did not move by -lr times their gradients"
            + (f", but by {ratio:.4g} times that." if ratio == ratio else "."),
            mistake=mistake,
            ratio=ratio,
            lr=lr,
        )
        _judge_moves(moved, want, "(before minus after)")


@values
def test_next_calls(learner: Learner, gen: Gen) -> None:
    """the second and third call start clean"""
    start, x, y = _data(gen, n=6, i=2, h=4, o=3)
    ys, lrs = [y, y + 1, 2 * y], [0.1, 0.05, 0.07]
    before, piled = start, [torch.zeros_like(t) for t in start]
    seen = learner.probe.sgd_step(start, x, ys, lrs)
    _judge_moved(seen[0])
    for k, (after, target, lr) in enumerate(zip(seen, ys, lrs, strict=False)):
        _judge_none(after)
        grads = _grads(before, x, target)
        piled = [a + g for a, g in zip(piled, grads, strict=True)]
        moved = _moved(before, after["values"])
        if k:
            _judge_pile(moved, grads, piled, lr, k)
        _judge_moves(moved, [lr * g for g in grads], f"in call {k + 1}")
        before = after["values"]


@values
def test_twenty_calls(learner: Learner, gen: Gen) -> None:
    """twenty calls follow the path of gradient descent"""
    params, x, y = _data(gen, n=5, i=4, h=3, o=1)
    seen = learner.probe.sgd_step(params, x, [y] * 20, [0.05] * 20)
    _judge_moved(seen[0])
    _judge_none(seen[-1])
    for _ in range(20):
        params = [t - 0.05 * g for t, g in zip(params, _grads(params, x, y), strict=True)]
    for name, got, want in zip(NAMES, seen[-1]["values"], params, strict=True):
        close(got, want, f"{name} after 20 calls", steps=20)


def _moved(before: list[Tensor], after: list[Tensor]) -> list[Tensor]:
    return [a - b for a, b in zip(before, after, strict=True)]


def _judge_moves(moved: list[Tensor], want: list[Tensor], when: str) -> None:
    for name, got, expected in zip(NAMES, moved, want, strict=True):
        close(got, expected, f"the move of {name} {when}")


def _judge_none(seen: dict[str, Any]) -> None:
    """A call that stopped because a gradient was None: never filled, or cleared again?"""
    if not seen["none"]:
        return
    require(
        seen["none"] == "use" or seen["backward"],
        "The call stopped because it cleared a .grad that is still None.",
        mistake="clears-nothing",
    )
    require(
        seen["backward"],
        "The step stopped because a parameter's .grad was None: backward() had not filled it.",
        mistake="no-backward",
    )
    require(
        False,
        "The step stopped because a parameter's .grad was None: backward() had filled it, but it "
        "was gone before the update could use it.",
        mistake="none-too-early",
    )


def _judge_moved(seen: dict[str, Any]) -> None:
    """Every tensor has to move; when none does, tell why as far as that can be seen."""
    _judge_none(seen)
    states = seen["state"]
    text = "All four parameters are after the call exactly what they were before."
    require("moved" in states or seen["backward"], text, mistake="no-backward")
    require("moved" in states or "untouched" in states, text, mistake="cleared-too-early")
    copied = all(seen["same"]) and not any(seen["clear"])
    require("moved" in states or not copied, text, mistake="moves-a-copy")
    require(
        "moved" in states,
        "All four parameters are after the call what they were before, although their gradients "
        "were worked out.",
        mistake="step-lost",
    )
    still = ", ".join(n for n, s in zip(NAMES, states, strict=True) if s != "moved")
    mistake = "tensor-forgotten" if all(seen["same"]) else None
    require(not still, f"Did not move: {still}.", mistake=mistake, unmoved=still)


def _judge_pile(
    moved: list[Tensor], grads: list[Tensor], piled: list[Tensor], lr: float, k: int
) -> None:
    """Name gradients of earlier calls that were still there."""
    old = [
        _equal([m], [lr * p]) and not _equal([m], [lr * g])
        for m, g, p in zip(moved, grads, piled, strict=True)
    ]
    names = _where(old, True)
    require(
        not names,
        f"In call {k + 1}, {names} moved by the sum of the gradients of all calls so far, not by "
        "the gradient of this call.",
        mistake="gradients-pile-up" if all(old) else "some-pile-up",
        piled=names,
    )


def _name_factor(factors: list[float], lrs: list[float]) -> str | None:
    """The mistake behind moves of ``factor`` times the gradient at each lr."""
    for mistake, expected in (
        ("plus-sign", [-lr for lr in lrs]),
        ("lr-twice", [lr * lr for lr in lrs]),
        ("steps-twice", [2 * lr for lr in lrs]),
    ):
        if all(abs(f / e - 1) < 1e-6 for f, e in zip(factors, expected, strict=True)):
            return mistake
    constant = abs(factors[0] - factors[1]) < 1e-6 * abs(factors[0])
    return "lr-missing" if constant and factors[0] > 0 else None


def _name_move(moved: list[Tensor], grads: list[Tensor], lr: float) -> str | None:
    """The mistake behind moves that have the right directions or signs, but not the lengths."""
    if all(float((m.abs() / lr - 1).abs().max()) < 1e-3 for m in moved):
        return "only-the-sign"
    aligned = all(_factor([m], [g]) > 0 for m, g in zip(moved, grads, strict=True))
    return "other-length" if aligned else None


def _factor(moved: list[Tensor], grads: list[Tensor]) -> float:
    """c where moved = c * grads; NaN where there is no such number."""
    a, b = (torch.cat([t.reshape(-1) for t in ts]) for ts in (moved, grads))
    c = (a @ b) / (b @ b)
    return float(c) if float((a - c * b).norm()) < 1e-6 * float(a.norm()) else float("nan")


def _equal(got: list[Tensor], want: list[Tensor]) -> bool:
    a, b = (torch.cat([t.reshape(-1) for t in ts]) for ts in (got, want))
    return float((a - b).norm()) <= 1e-6 * float(b.norm())


def _where(flags: list[bool], value: bool) -> str:
    return ", ".join(n for n, flag in zip(NAMES, flags, strict=True) if flag is value)
