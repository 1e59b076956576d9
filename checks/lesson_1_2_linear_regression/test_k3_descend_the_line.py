"""1.2.3: the path of w and b against a float64 reference, and what the record holds.

x has a mean other than zero: on a symmetric grid the derivative by b doesn't depend on w, and an
update of b with the already new w would stay hidden. Twenty steps of equal mathematics in another
order differ by 1e-15; `close` allows 1e-10.
"""

import torch
from torch import Tensor

from dojo.failure import Failed
from dojo.suite.vocabulary import (
    FittedFunction,
    Gen,
    Learner,
    LossCurve,
    RateEffects,
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
        fit = learner.fit_line(*_data(gen, n), 0.1, epochs)
        length(fit.losses, epochs, f"the record of {count(epochs, 'epoch')}")


@values
def test_arguments(learner: Learner, gen: Gen) -> None:
    """x, y, w0 and b0 stay as they were"""
    learner.fit_line(*_data(gen, 7), 0.1, 3)
    untouched(learner)


@values
def test_first_update(learner: Learner, gen: Gen) -> None:
    """one epoch moves w and b by lr times their derivatives"""
    x, y, w0, b0 = data = _data(gen, 7)
    fits = [learner.fit_line(x, y, w0.clone(), b0.clone(), lr, 1) for lr in RATES]
    first, second = (torch.cat([fit.w - w0, fit.b - b0]) for fit in fits)
    fixed = first.any() and torch.allclose(first, second, rtol=1e-5)
    require(not fixed, f"The first step is the same for lr {RATES[0]} and lr {RATES[1]}.")
    for fit, lr in zip(fits, RATES, strict=True):
        _judge(fit, data, lr, 1)


@values
def test_path(learner: Learner, gen: Gen) -> None:
    """2, 3 and 20 epochs follow the path of gradient descent"""
    # The longest run comes first, so that there is a picture of it when the short ones fail.
    runs = {epochs: _data(gen, 9) for epochs in (20, 2, 3)}
    fits = {n: learner.fit_line(*data, RATES[0], n) for n, data in runs.items()}
    _draw(learner, fits[20], runs[20], 20)
    for epochs in (2, 3, 20):
        _judge(fits[epochs], runs[epochs], RATES[0], epochs)


@values
def test_sizes(learner: Learner, gen: Gen) -> None:
    """one row, and more than a batch usually has; below zero as above"""
    for n, sign in ((1, 1), (130, 1), (5, -1)):
        data = _data(gen, n, sign)
        _judge(learner.fit_line(*data, 0.11, 2), data, 0.11, 2)


@values
def test_asked_again(learner: Learner, gen: Gen) -> None:
    """the same tensors with other numbers in them have another path"""
    data = _data(gen, 7)
    for _ in twice(*data):
        _judge(learner.fit_line(*data, 0.12, 2), data, 0.12, 2)


@values
def test_no_early_stop(learner: Learner, gen: Gen) -> None:
    """it goes on for all epochs, also when the loss is next to nothing, or grows"""
    x = torch.linspace(-1, 1, 8).reshape(8, 1) + 0.5
    w, b = gen.uniform(1, 2, 1), gen.uniform(-1, 1, 1)
    data = (x, x * w + b, w + 1e-5, b - 1e-5)
    fit = learner.fit_line(*data, 0.17, 30)
    length(fit.losses, 30, "the record of 30 epochs with small losses", mistake="stops-early")
    _judge(fit, data, 0.17, 30)
    data = _data(gen, 9)
    fit = learner.fit_line(*data, 1.3, 12)  # each step is about 2.5 times the one before
    length(fit.losses, 12, "the record of 12 epochs with growing losses", mistake="stops-early")
    _judge(fit, data, 1.3, 12)
    try:
        fit = learner.fit_line(*data, 1e6, 60)
    except Failed as failed:
        if failed.cause == "raised":
            return  # the squares of plain Python floats can't become infinite
        raise
    length(fit.losses, 60, "the record of 60 epochs with infinite losses", mistake="stops-early")


@values
def test_two_cycle(learner: Learner, gen: Gen) -> None:
    """at lr 1 on a symmetric grid, b is back at its start after an even number of epochs"""
    x = torch.linspace(-1, 1, 11).reshape(11, 1)
    y = 2 * x - 1 + 0.1 * gen.randn(11, 1)
    w0, b0 = gen.uniform(-1, 1, 1), gen.uniform(0.5, 1.5, 1)
    draw(learner, lambda: _rates(learner, (x, y, w0, b0)))
    for epochs in (6, 7):
        want = b0.clone() if epochs % 2 == 0 else 2 * y.mean(dim=0) - b0
        fit = learner.fit_line(x, y, w0, b0, 1.0, epochs)
        close(fit.b, want, f"b after {epochs} epochs", steps=epochs)


@convergence
def test_many_epochs(learner: Learner, gen: Gen) -> None:
    """many epochs lead to the line on which the points lie"""
    w, b = gen.uniform(1, 2, 1), gen.uniform(-1, 1, 1)
    x = torch.linspace(-1, 1, 3).reshape(3, 1) + 0.5
    fit, epochs = learner.probe.many_epochs(x, x * w + b, w - 1.3, b + 0.7, 0.33)
    length(fit.losses, epochs, f"the record of the losses (epochs: {epochs})")
    close(torch.cat([fit.w, fit.b]), torch.cat([w, b]), f"w and b after {epochs} epochs", epochs)


def _rates(learner: Learner, data: Data) -> RateEffects:
    rates = (0.01, 0.1, 1.0, 1.03)
    fits = [learner.fit_line(*(t.clone() for t in data), lr, 25) for lr in rates]
    return RateEffects.of(dict(zip(rates, (fit.losses for fit in fits), strict=True)))


def _draw(learner: Learner, fit: Record, data: Data, epochs: int) -> None:
    x, y, *_ = data
    _, _, losses = _reference(data, RATES[0], epochs)
    draw(learner, LossCurve.of(fit.losses, losses))
    title = f"the line after {epochs} epochs"
    draw(learner, FittedFunction.of(x, y, x * fit.w + fit.b, 2 * x - 1, title=title))


def _judge(fit: Record, data: Data, lr: float, epochs: int) -> None:
    want_w, want_b, want_losses = _reference(data, lr, epochs)
    after = count(epochs, "epoch")
    close(fit.w, want_w, f"w after {after}", steps=epochs)
    close(fit.b, want_b, f"b after {after}", steps=epochs)
    close(fit.losses, want_losses, f"the list of losses of {after}", steps=epochs)
