"""1.2.2: both derivatives against autograd's, in float64, on data with no symmetry.

x has a mean other than zero, so that no term of the derivatives vanishes; one row, several, and
more than a batch usually has; every number with both signs.
"""

import torch
from torch import Tensor

from dojo.suite.vocabulary import (
    Gen,
    GradientBars,
    Learner,
    close,
    detached,
    draw,
    gradients,
    require,
    shapes,
    twice,
    untouched,
    values,
)

Data = tuple[Tensor, Tensor, Tensor, Tensor]


def _data(gen: Gen, n: int, sign: int = 1) -> Data:
    x = gen.randn(n, 1) + sign * gen.uniform(0.5, 1.5)
    w, b = sign * gen.uniform(0.5, 2, 1), sign * (3 + gen.randn(1))
    return x, sign * (2 * x - 1 + gen.randn(n, 1)), w, b


def _reference(x: Tensor, y: Tensor, w: Tensor, b: Tensor) -> tuple[Tensor, ...]:
    w, b = w.clone().requires_grad_(), b.clone().requires_grad_()
    loss = (x * w + b - y).square().mean()
    return torch.autograd.grad(loss, (w, b))


@shapes
def test_one_number_each(learner: Learner, gen: Gen) -> None:
    """each derivative has the shape of its parameter"""
    for n in (7, 1, 12):
        learner.line_grads(*_data(gen, n))


@values
def test_plain_results(learner: Learner, gen: Gen) -> None:
    """arguments untouched, results without a graph"""
    grad_w, grad_b = learner.line_grads(*_data(gen, 7))
    untouched(learner, mistake="arguments-changed")
    detached(grad_w, "the derivative by w")
    detached(grad_b, "the derivative by b")


@gradients
def test_gradients(learner: Learner, gen: Gen) -> None:
    """both derivatives agree with autograd's"""
    # Far from zero a difference quotient drowns in rounding, a derivative does not.
    cases = ((7, 1, 0.0), (4, -1, 1e6), (12, -1, 0.0), (1, 1, 0.0), (1, 1, 1e6), (130, 1, 0.0))
    for n, sign, far in cases:
        x, y, w, b = _data(gen, n, sign)
        _compare(learner, (x, y + far, w, b))


@gradients
def test_asked_again(learner: Learner, gen: Gen) -> None:
    """the same tensors with other numbers in them have other derivatives"""
    data = _data(gen, 7)
    for _ in twice(*data):
        _compare(learner, data)


def _compare(learner: Learner, data: Data) -> None:
    want_w, want_b = _reference(*data)
    grad_w, grad_b = learner.line_grads(*data)
    draw(learner, GradientBars.of({"w": (grad_w, want_w), "b": (grad_b, want_b)}))
    require(
        not (len(data[0]) > 1 and torch.equal(grad_w, grad_b) and torch.allclose(grad_w, want_w)),
        f"Both derivatives are the same number, {grad_w.item():.6g}: the right one for w.",
        mistake="same-derivative",
    )
    close(grad_w, want_w, "the derivative by w")
    close(grad_b, want_b, "the derivative by b")
