"""1.2.6: the same path as in 1.2.3, whatever way through autograd was taken.

x has a mean other than zero: on a symmetric grid the derivative by b doesn't depend on w, and an
update of b with the already new w would stay hidden. Twenty steps of equal mathematics in another
order differ by 1e-15; `close` allows 1e-10.

Whether the steps come from autograd shows when its derivatives are made half as large on the far
side: a step that is as long as ever was made of something else.
"""

from typing import Any

import torch
from torch import Tensor

from dojo.suite.vocabulary import (
    FittedFunction,
    Gen,
    Learner,
    LossCurve,
    Record,
    close,
    convergence,
    count,
    draw,
    length,
    require,
    shapes,
    twice,
    untouched,
    values,
)

Data = tuple[Tensor, Tensor, Tensor, Tensor]
RATES = (0.13, 0.07)  # no rate that somebody would write into the code, nor a simple multiple


def _data(gen: Gen, n: int, sign: int = 1) -> Data:
    x = torch.linspace(-1, 1, n).reshape(n, 1) + sign * gen.uniform(0.4, 0.6)
    y = sign * (2 * x - 1) + 0.3 * gen.randn(n, 1)
    return x, y, gen.uniform(-1, 1, 1), sign * gen.uniform(0.5, 1.5, 1)


def _reference(data: Data, lr: float, epochs: int) -> tuple[Tensor, Tensor, list[float]]:
    x, y, w, b = data
    losses: list[float] = []
    for _ in range(epochs):
        error = x * w + b - y
        losses.append((error**2).mean().item())
        w, b = w - lr * 2 * (error * x).mean(), b - lr * 2 * error.mean()
    return w, b, losses


@shapes
def test_record(learner: Learner, gen: Gen) -> None:
    """w, b and one loss an epoch come back"""
    for n, epochs in ((7, 3), (1, 2), (12, 1)):
        fit = learner.fit_line_autograd(*_data(gen, n), 0.1, epochs)
        length(fit.losses, epochs, f"the record of {count(epochs, 'epoch')}")


@values
def test_arguments(learner: Learner, gen: Gen) -> None:
    """x, y, w0 and b0 stay as they were"""
    x, y, w0, b0 = _data(gen, 7)
    learner.fit_line_autograd(x, y, w0, b0, 0.1, 3)
    untouched(learner)
    for name, start in (("w0", w0), ("b0", b0)):
        text = f"The caller's {name} was plain before the call and records gradients after it."
        require(not start.requires_grad and start.grad is None, text)


@values
def test_first_update(learner: Learner, gen: Gen) -> None:
    """one epoch moves w and b by lr times their derivatives"""
    x, y, w0, b0 = data = _data(gen, 7)
    fits = [learner.fit_line_autograd(x, y, w0.clone(), b0.clone(), lr, 1) for lr in RATES]
    first, second = (torch.cat([fit.w - w0, fit.b - b0]) for fit in fits)
    fixed = first.any() and torch.allclose(first, second, rtol=1e-5)
    require(not fixed, f"The first step is the same for lr {RATES[0]} and lr {RATES[1]}.")
    for fit, lr in zip(fits, RATES, strict=True):
        _judge(fit, data, lr, 1)


@values
def test_derivatives_by_autograd(learner: Learner, gen: Gen) -> None:
    """the steps of w and b are made of what autograd finds"""
    x, y, w0, b0 = data = _data(gen, 7)
    want_w, want_b, _ = _reference(data, 0.1, 1)
    fit = learner.probe.first_step(x, y, w0.clone(), b0.clone(), 0.1, 0.5)
    same = [
        name
        for name, want, old in (("w", want_w, w0), ("b", want_b, b0))
        if _moved(getattr(fit, name, None), old, want)
    ]
    text = "Autograd's derivatives were made half as large for once, and {} moved as far as ever."
    require(not same, text.format(" and ".join(same)), mistake="derivatives-by-hand")


@values
def test_path(learner: Learner, gen: Gen) -> None:
    """2, 3 and 20 epochs follow the path of gradient descent"""
    # The longest run comes first, so that there is a picture of it when the short ones fail.
    runs = {epochs: _data(gen, 9) for epochs in (20, 2, 3)}
    fits = {n: learner.fit_line_autograd(*data, RATES[0], n) for n, data in runs.items()}
    _draw(learner, fits[20], runs[20], 20)
    for epochs in (2, 3, 20):
        _judge(fits[epochs], runs[epochs], RATES[0], epochs)


@values
def test_sizes(learner: Learner, gen: Gen) -> None:
    """one row, and more than a batch usually has; below zero as above"""
    for n, sign in ((1, 1), (130, 1), (5, -1)):
        data = _data(gen, n, sign)
        _judge(learner.fit_line_autograd(*data, 0.11, 2), data, 0.11, 2)


@values
def test_asked_again(learner: Learner, gen: Gen) -> None:
    """the same tensors with other numbers in them have another path"""
    data = _data(gen, 7)
    for _ in twice(*data):
        _judge(learner.fit_line_autograd(*data, 0.12, 2), data, 0.12, 2)


@values
def test_no_early_stop(learner: Learner, gen: Gen) -> None:
    """it goes on for all epochs, also when the loss is next to nothing"""
    x = torch.linspace(-1, 1, 8).reshape(8, 1) + 0.5
    w, b = gen.uniform(1, 2, 1), gen.uniform(-1, 1, 1)
    for distance in (1e-3, 1e-5):
        data = (x, x * w + b, w + distance, b - distance)
        fit = learner.fit_line_autograd(*data, 0.17, 20)
        length(fit.losses, 20, "the record of 20 epochs with small losses", mistake="stops-early")
        _judge(fit, data, 0.17, 20)


@values
def test_two_cycle(learner: Learner, gen: Gen) -> None:
    """at lr 1 on a symmetric grid, b is back at its start after an even number of epochs"""
    x = torch.linspace(-1, 1, 11).reshape(11, 1)
    y = 2 * x - 1 + 0.1 * gen.randn(11, 1)
    w0, b0 = gen.uniform(-1, 1, 1), gen.uniform(0.5, 1.5, 1)
    for epochs in (6, 7):
        want = b0.clone() if epochs % 2 == 0 else 2 * y.mean(dim=0) - b0
        fit = learner.fit_line_autograd(x, y, w0, b0, 1.0, epochs)
        close(fit.b, want, f"b after {epochs} epochs", steps=epochs)


@convergence
def test_many_epochs(learner: Learner, gen: Gen) -> None:
    """many epochs lead to the line on which the points lie"""
    w, b = gen.uniform(1, 2, 1), gen.uniform(-1, 1, 1)
    x = torch.linspace(-1, 1, 3).reshape(3, 1) + 0.5
    fit, epochs = learner.probe.many_epochs(x, x * w + b, w - 1.3, b + 0.7, 0.33)
    length(fit.losses, epochs, f"the record of the losses (epochs: {epochs})")
    close(torch.cat([fit.w, fit.b]), torch.cat([w, b]), f"w and b after {epochs} epochs", epochs)


def _draw(learner: Learner, fit: Record, data: Data, epochs: int) -> None:
    x, y, *_ = data
    _, _, losses = _reference(data, RATES[0], epochs)
    draw(learner, LossCurve.of(fit.losses, losses))
    title = f"the line after {epochs} epochs"
    draw(learner, FittedFunction.of(x, y, x * fit.w + fit.b, 2 * x - 1, title=title))


def _moved(new: Any, old: Tensor, want: Tensor) -> bool:
    """Whether it is where a whole step leads."""
    fits = isinstance(new, Tensor) and new.shape == want.shape
    return fits and bool((new - want).norm() <= 1e-5 * (want - old).norm())


def _judge(fit: Record, data: Data, lr: float, epochs: int) -> None:
    want_w, want_b, want_losses = _reference(data, lr, epochs)
    after = count(epochs, "epoch")
    close(fit.w, want_w, f"w after {after}", steps=epochs)
    close(fit.b, want_b, f"b after {after}", steps=epochs)
    close(fit.losses, want_losses, f"the list of losses of {after}", steps=epochs)
