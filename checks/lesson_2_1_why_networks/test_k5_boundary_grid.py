"""2.1.5: the grid against the closed form of a small model, and the model before and after.

Limits and widths of x and y differ, so that no exchange of the two goes unseen. The model has a
dropout layer: in evaluation mode it does nothing. Rounding: 1e-16.
"""

from functools import partial

import torch
from torch import Tensor

from dojo.suite.vocabulary import (
    Boundary,
    Gen,
    Handle,
    Learner,
    close,
    detached,
    draw,
    require,
    same,
    shapes,
    values,
)

Limits = tuple[float, float]
PLACES: tuple[tuple[Limits, Limits, int], ...] = (
    ((-1.5, 2.5), (-1.0, 0.75), 5),
    ((0.25, 0.5), (-3.0, 1.0), 8),
    ((-2.0, -1.0), (1.0, 2.5), 2),
    ((-3.0, 3.5), (-2.0, -1.25), 11),
)


def _numbers(gen: Gen) -> list[Tensor]:
    return [gen.randn(2, 6), gen.randn(6), gen.randn(6, 1), gen.randn(1)]


def _expected(numbers: list[Tensor], xlim: Limits, ylim: Limits, n: int) -> Tensor:
    w1, b1, w2, b2 = numbers
    x = torch.linspace(*xlim, n).reshape(1, n, 1)
    y = torch.linspace(*ylim, n).reshape(n, 1, 1)
    hidden = torch.tanh(x * w1[0] + y * w1[1] + b1)
    return torch.sigmoid(hidden @ w2 + b2)[..., 0]


def _model(learner: Learner, numbers: list[Tensor], training: bool) -> Handle:
    return learner.probe.model(*numbers, training)


def _picture(learner: Learner, gen: Gen) -> Boundary:
    limits, numbers = (-2.0, 2.0), _numbers(gen)
    middle = _expected(numbers, limits, limits, 40).median()
    numbers[3] = numbers[3] - torch.logit(middle)  # half of the plane on either side
    grid = learner.probability_grid(_model(learner, numbers, False), limits, limits, 40)
    return Boundary.of(grid, limits, limits, [], [], title="what the model thinks of the plane")


@shapes
def test_shape(learner: Learner, gen: Gen) -> None:
    """n rows and n columns"""
    for xlim, ylim, n in PLACES:
        learner.probability_grid(_model(learner, _numbers(gen), False), xlim, ylim, n)


@shapes
def test_rows(learner: Learner, gen: Gen) -> None:
    """the model is asked with rows (x, y)"""
    for xlim, ylim, n in PLACES:
        model = _model(learner, _numbers(gen), False)
        learner.probability_grid(model, xlim, ylim, n)
        for shape in learner.probe.asked(model):
            text = f"The model was asked with a tensor of shape {tuple(shape)}; rows are (m, 2)."
            around = (2,) if len(shape) == 1 else (*shape[:-1], 2)
            known = "batch-around-the-rows" if tuple(shape) == around else None
            require(len(shape) == 2 and shape[1] == 2, text, mistake=known)


@values
def test_places(learner: Learner, gen: Gen) -> None:
    """row i has the i-th y, column j the j-th x"""
    draw(learner, partial(_picture, learner, gen))
    for xlim, ylim, n in PLACES:
        numbers = _numbers(gen)
        got = learner.probability_grid(_model(learner, numbers, False), xlim, ylim, n)
        want = _expected(numbers, xlim, ylim, n)
        require(not _near(got.T, want), "The grid is transposed.", mistake="transposed")
        if not _near(got, want):
            calm = [learner.probe.model(*numbers, False, 0.0) for _ in range(2)]  # no dropout
            first, again = (learner.probability_grid(model, xlim, ylim, n) for model in calm)
            text = "Two calls with the same model and the same limits gave different grids."
            places = [learner.probe.places(model) for model in calm]
            moved = not torch.equal(*places)
            mistake = "random-places" if moved else None
            require(_near(first, again.double()), text, mistake=mistake)
        close(got, want, "the grid")


@values
def test_later(learner: Learner, gen: Gen) -> None:
    """the same model, when training has changed it"""
    xlim, ylim, n = PLACES[1]
    first, second = _numbers(gen), _numbers(gen)
    model = _model(learner, first, False)
    close(
        learner.probability_grid(model, xlim, ylim, n), _expected(first, xlim, ylim, n), "the grid"
    )
    learner.probe.refill(model, *second)
    got = learner.probability_grid(model, xlim, ylim, n)
    close(got, _expected(second, xlim, ylim, n), "the grid, after the model's weights changed,")


@values
def test_evaluation_mode(learner: Learner, gen: Gen) -> None:
    """a model that came in training mode is asked in evaluation mode"""
    xlim, ylim, n = PLACES[0]
    numbers = _numbers(gen)
    model = _model(learner, numbers, True)
    got = learner.probability_grid(model, xlim, ylim, n)
    want = _expected(numbers, xlim, ylim, n)
    calm = learner.probability_grid(_model(learner, numbers, False), xlim, ylim, n)
    require(
        _near(got, want) or not _near(calm, want),
        "The grid is right for a model in evaluation mode. For the same model in training mode, "
        "with its dropout at work, it is another one.",
        mistake="eval-forgotten",
    )
    close(got, want, "the grid of a model that came in training mode")


@values
def test_mode_afterwards(learner: Learner, gen: Gen) -> None:
    """afterwards the model is in the mode in which it came"""
    for training in (True, False):
        model = _model(learner, _numbers(gen), training)
        learner.probability_grid(model, *PLACES[0])
        modes = learner.probe.state(model)["training"]
        words = ("training", "evaluation") if training else ("evaluation", "training")
        require(
            modes[0] is not training or all(m is training for m in modes),
            f"The model itself is back in {words[0]} mode, but layers inside it are not.",
            mistake="stays-in-eval",
        )
        require(
            modes[0] is training,
            f"The model came in {words[0]} mode and is in {words[1]} mode afterwards.",
            mistake="stays-in-eval",
        )


@values
def test_no_record(learner: Learner, gen: Gen) -> None:
    """the grid carries no record for gradients"""
    detached(
        learner.probability_grid(_model(learner, _numbers(gen), False), *PLACES[0]), "the grid"
    )


@values
def test_parameters(learner: Learner, gen: Gen) -> None:
    """parameters and their gradients stay as they were"""
    model = _model(learner, _numbers(gen), True)
    before = learner.probe.state(model)
    learner.probability_grid(model, *PLACES[0])
    after = learner.probe.state(model)
    same(after["recording"], before["recording"], "the list of requires_grad of the parameters")
    for got, want in zip(after["grads"], before["grads"], strict=True):
        kept = got is not None and bool(got.any())
        require(kept, "A parameter's gradient is gone after the call.", "gradients-touched")
        close(got, want, "a gradient after the call")
    for got, want in zip(after["values"], before["values"], strict=True):
        close(got, want, "a parameter after the call")


def _near(a: Tensor, b: Tensor) -> bool:
    return float((a.double() - b).norm()) <= 1e-4 * float(b.norm())
