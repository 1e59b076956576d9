"""1.1.5: losses and parameters after 1, 2, 3 and 20 epochs, against SGD written out here.

The loss is not symmetric, so that swapped arguments show. Model calls are counted by a forward
hook, and at least one an epoch is asked for: who looks at the model once more does no harm.
"""

import torch
from torch import Tensor

from dojo.judge.vocabulary import (
    Gen,
    Learner,
    close,
    length,
    require,
    same,
    shapes,
    untouched,
    values,
)

NAMES = ("the first layer's weight", "its bias", "the last layer's weight", "its bias")
Data = tuple[list[Tensor], Tensor, Tensor]
Counts = tuple[int, int, int, bool]


def _data(gen: Gen, n: int = 7, i: int = 3, h: int = 5, o: int = 2) -> Data:
    start = [0.5 * gen.randn(*s) for s in ((h, i), (h,), (o, h), (o,))]
    return start, 0.5 + gen.randn(n, i), gen.uniform(-1, 1.5, n, o)


def _fit(
    learner: Learner, data: Data, lr: float, momentum: float, epochs: int
) -> tuple[list[float], list[Tensor], Counts]:
    """The losses, the parameters afterwards, and what was counted."""
    start, x, y = data
    kit = learner.probe.kit(start, lr, momentum)
    losses = learner.fit(kit.get("model"), kit.get("loss_fn"), kit.get("opt"), x, y, epochs)
    untouched(learner)
    parameters, (calls, gradients, steps), empty = kit.report()
    return losses, parameters, (calls, gradients, steps, empty)


def _forward(parameters: list[Tensor], x: Tensor) -> Tensor:
    w1, b1, w2, b2 = parameters
    return torch.tanh(x @ w1.T + b1) @ w2.T + b2


def _judge(learner: Learner, data: Data, lr: float, momentum: float, epochs: int) -> None:
    start, x, y = data
    parameters, velocity = start, [torch.zeros_like(t) for t in start]
    want: list[float] = []
    for _ in range(epochs):
        leaves = [t.detach().clone().requires_grad_() for t in parameters]
        error = _forward(leaves, x) - y
        loss = (error**2 * (1.5 + error.tanh())).mean()
        want.append(loss.item())
        grads = torch.autograd.grad(loss, leaves)
        velocity = [momentum * v + g for v, g in zip(velocity, grads, strict=True)]
        parameters = [t - lr * v for t, v in zip(parameters, velocity, strict=True)]
    losses, got, _ = _fit(learner, data, lr, momentum, epochs)
    length(losses, epochs, f"the record of {epochs} epochs")
    close(losses, want, f"the record of {epochs} epochs", steps=epochs)
    for name, new, right in zip(NAMES, got, parameters, strict=True):
        close(new, right, f"{name} after {epochs} epochs", steps=epochs)


@shapes
def test_record(learner: Learner, gen: Gen) -> None:
    """one float an epoch comes back"""
    for epochs in (1, 4):
        losses, _, _ = _fit(learner, _data(gen), 0.1, 0.0, epochs)
        length(losses, epochs, f"the record of {epochs} epochs")


@values
def test_moves(learner: Learner, gen: Gen) -> None:
    """all parameters move, by the optimizer's steps"""
    data = _data(gen, n=4, i=2, h=3, o=1)
    _, got, (_, gradients, steps, empty) = _fit(learner, data, 0.1, 0.0, 3)
    moved = [not torch.equal(a, b) for a, b in zip(got, data[0], strict=True)]
    if not any(moved):
        what = "After 3 epochs all parameters are exactly what they were"
        require(steps, f"{what}: opt.step() was never called.", mistake="no-step")
        text = f"{what}: no gradient was ever worked out for them."
        require(gradients, text, mistake="no-gradient")
        text = f"{what}: their gradients were worked out, but now they are gone."
        require(not empty, text, mistake="zero-late")
        require(False, f"{what}, although their gradients were worked out.")
    text = "The parameters moved, but opt.step() was never called."
    require(steps, text, mistake="other-step")
    for name, moves in zip(NAMES, moved, strict=True):
        require(moves, f"After 3 epochs {name} is exactly what it was.")


@values
def test_counts(learner: Learner, gen: Gen) -> None:
    """model(x) and opt.step() are called in each epoch"""
    for epochs in (5, 1):
        _, _, (calls, _, steps, _) = _fit(learner, _data(gen), 0.1, 0.0, epochs)
        text = "The model's forward hook never ran: model(x) was never called."
        require(calls, text, mistake="forward-called")
        require(calls >= epochs, f"model(x) was called {calls} times in {epochs} epochs.")
        same(steps, epochs, f"the number of steps in {epochs} epochs")


@values
def test_one_epoch(learner: Learner, gen: Gen) -> None:
    """the loss and the parameters after one epoch"""
    for n in (7, 1):
        _judge(learner, _data(gen, n), 0.13, 0.0, 1)


@values
def test_path(learner: Learner, gen: Gen) -> None:
    """2, 3 and 20 epochs of plain SGD"""
    for epochs in (2, 3, 20):
        _judge(learner, _data(gen, n=6, i=2, h=4, o=3), 0.05, 0.0, epochs)


@values
def test_momentum(learner: Learner, gen: Gen) -> None:
    """the same with an optimizer that keeps its momentum"""
    for epochs in (3, 20):
        _judge(learner, _data(gen, n=5, i=4, h=3, o=1), 0.01, 0.9, epochs)


@values
def test_small_losses(learner: Learner, gen: Gen) -> None:
    """small losses are recorded as they are, and end nothing"""
    start, x, _ = _data(gen)
    _judge(learner, (start, x, _forward(start, x) + 0.02 * gen.randn(7, 2)), 0.1, 0.0, 6)
