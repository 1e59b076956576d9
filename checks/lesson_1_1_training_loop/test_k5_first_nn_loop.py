"""1.1.5: losses and parameters after 1, 2, 3 and 20 epochs, against SGD written out here.

The loss is not symmetric, so that swapped arguments show, and weighs its columns and rows, so that
other shapes do. Model calls are counted by a forward hook, and at least one an epoch is asked for:
who looks at the model once more does no harm. The checks run all their trainings before they judge
any: together they show what was done.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from dojo.suite.vocabulary import (
    Gen,
    Learner,
    LossCurve,
    close,
    draw,
    length,
    require,
    same,
    shapes,
    untouched,
    values,
)

NAMES = ("the first layer's weight", "its bias", "the last layer's weight", "its bias")
Data = tuple[list[Tensor], Tensor, Tensor]


@dataclass(frozen=True)
class Trained:
    """What came of a training; see the probe."""

    losses: list[float]
    parameters: list[Tensor]
    calls: int
    gradients: int
    steps: int
    passed_by: bool
    early: bool
    empty: bool


def _data(gen: Gen, n: int = 7, i: int = 3, h: int = 5, o: int = 2) -> Data:
    start = [0.5 * gen.randn(*s) for s in ((h, i), (h,), (o, h), (o,))]
    return start, 0.5 + gen.randn(n, i), gen.uniform(-1, 1.5, n, o)


def _fit(
    learner: Learner, data: Data, epochs: int, lr: float = 0.1, momentum: float = 0.0
) -> Trained:
    start, x, y = data
    kit, model, loss_fn, opt = learner.probe.kit(start, lr, momentum)
    losses = learner.fit(model, loss_fn, opt, x, y, epochs)
    untouched(learner)
    parameters, (calls, gradients, steps), (passed_by, early, empty) = kit.report()
    return Trained(losses, parameters, calls, gradients, steps, passed_by, early, empty)


def _forward(parameters: list[Tensor], x: Tensor) -> Tensor:
    w1, b1, w2, b2 = parameters
    return torch.tanh(x @ w1.T + b1) @ w2.T + b2


def _reference(
    data: Data, epochs: int, lr: float, momentum: float
) -> tuple[list[float], list[Tensor]]:
    parameters, x, y = data
    velocity = [torch.zeros_like(t) for t in parameters]
    losses: list[float] = []
    for _ in range(epochs):
        leaves = [t.detach().clone().requires_grad_() for t in parameters]
        error = _forward(leaves, x) - y
        weights = torch.linspace(1, 2, len(y)).reshape(-1, 1) * torch.arange(1.0, y.shape[1] + 1)
        loss = (error**2 * (1.5 + error.tanh()) * weights).mean()
        losses.append(loss.item())
        grads = torch.autograd.grad(loss, leaves)
        velocity = [momentum * v + g for v, g in zip(velocity, grads, strict=True)]
        parameters = [t - lr * v for t, v in zip(parameters, velocity, strict=True)]
    return losses, parameters


def _judge(
    learner: Learner, cases: list[tuple[Data, int]], lr: float, momentum: float = 0.0
) -> None:
    runs = [_fit(learner, data, epochs, lr, momentum) for data, epochs in cases]
    for got, (data, epochs) in zip(runs, cases, strict=True):
        losses, parameters = _reference(data, epochs, lr, momentum)
        if epochs >= 20:
            draw(learner, LossCurve.of(got.losses, losses))
        length(got.losses, epochs, f"the record (epochs: {epochs})")
        cut = (
            any(got.losses)
            and got.losses != losses
            and any(got.losses == [round(v, digits) for v in losses] for digits in range(9))
        )
        text = f"The record begins with {got.losses[0]} where the loss was {losses[0]}."
        require(not cut, text, mistake="rounded")
        close(got.losses, losses, f"the record (epochs: {epochs})", steps=epochs)
        for name, new, right in zip(NAMES, got.parameters, parameters, strict=True):
            close(new, right, f"{name} (epochs: {epochs})", steps=epochs)


@shapes
def test_record(learner: Learner, gen: Gen) -> None:
    """one float an epoch comes back"""
    for epochs in (1, 4):
        length(_fit(learner, _data(gen), epochs).losses, epochs, f"the record (epochs: {epochs})")


@values
def test_moves(learner: Learner, gen: Gen) -> None:
    """all parameters move, by the optimizer's steps"""
    data = _data(gen, n=4, i=2, h=3, o=1)
    got = _fit(learner, data, 3)
    moved = [not torch.equal(a, b) for a, b in zip(got.parameters, data[0], strict=True)]
    if not any(moved):
        what = "After 3 epochs all parameters are exactly what they were"
        require(got.steps, f"{what}: opt.step() was never called.", mistake="no-step")
        text = f"{what}: no gradient was ever worked out for them."
        require(got.gradients, text, mistake="no-gradient")
        text = f"{what}: the first step came before the first gradient."
        require(not got.early, text, mistake="step-before-backward")
        text = f"{what}: their gradients were worked out, but now they are gone."
        require(not got.empty, text, mistake="zero-late")
        require(False, f"{what}, although their gradients were worked out.")
    text = "The parameters moved, but opt.step() was never called."
    require(got.steps, text, mistake="other-step")
    for name, moves in zip(NAMES, moved, strict=True):
        require(moves, f"After 3 epochs {name} is exactly what it was.")


@values
def test_counts(learner: Learner, gen: Gen) -> None:
    """model(x) and opt.step() are called in each epoch"""
    runs = {epochs: _fit(learner, _data(gen), epochs) for epochs in (5, 1)}
    by_rows = all(got.steps == 7 * epochs for epochs, got in runs.items())
    for epochs, got in runs.items():
        text = "The model's forward hook never ran: model(x) was never called."
        require(got.calls, text, mistake="forward-called" if got.passed_by else None)
        text = f"model(x) was called {got.calls} times in {epochs} epochs."
        require(got.calls >= epochs, text)
        text = f"In {epochs} epochs opt.step() was called {got.steps} times. There are 7 rows."
        require(not by_rows, text, mistake="mini-batches")
        same(got.steps, epochs, f"the number of steps in {epochs} epochs")


@values
def test_one_epoch(learner: Learner, gen: Gen) -> None:
    """the loss and the parameters after one epoch"""
    sizes = ((7, 3, 5, 2), (1, 3, 5, 2), (130, 2, 3, 2), (1, 1, 2, 1))
    _judge(learner, [(_data(gen, *size), 1) for size in sizes], 0.13)


@values
def test_path(learner: Learner, gen: Gen) -> None:
    """2, 3 and 20 epochs of plain SGD"""
    _judge(learner, [(_data(gen, n=6, i=2, h=4, o=3), epochs) for epochs in (2, 3, 20)], 0.05)


@values
def test_momentum(learner: Learner, gen: Gen) -> None:
    """the same with an optimizer that keeps its momentum"""
    _judge(learner, [(_data(gen, n=5, i=4, h=3, o=1), epochs) for epochs in (3, 20)], 0.01, 0.9)


@values
def test_small_losses(learner: Learner, gen: Gen) -> None:
    """small losses are recorded as they are, and end nothing"""
    start, x, _ = _data(gen)
    data = start, x, _forward(start, x) + 1e-4 * gen.randn(7, 2)
    length(_fit(learner, data, 6).losses, 6, "the record", "stops-when-small")
    _judge(learner, [(data, 6)], 0.1)
