"""1.2.4: all derivatives against autograd's, in float64.

As many rows as features is the case in which a residual of the shape (n,) multiplies the wrong
axis of x without an error, so it is judged beside the unequal sizes.
"""

import torch
from torch import Tensor

from dojo.suite.vocabulary import (
    Gen,
    GradientBars,
    Learner,
    close,
    draw,
    gradients,
    shapes,
    twice,
    untouched,
    values,
)

Data = tuple[Tensor, Tensor, Tensor, Tensor]
SIZES = ((7, 3), (2, 2), (5, 2), (1, 3), (6, 1), (1, 1), (130, 2))


def _data(gen: Gen, n: int, d: int) -> Data:
    x = gen.randn(n, d) + gen.uniform(0.5, 1.5, d)
    return x, gen.randn(n) + 2, gen.randn(d), gen.randn(1) - 3


def _turned(data: Data) -> Data:
    """The same with all signs turned."""
    x, y, w, b = data
    return -x, -y, -w, -b


def _reference(x: Tensor, y: Tensor, w: Tensor, b: Tensor) -> tuple[Tensor, ...]:
    w, b = w.clone().requires_grad_(), b.clone().requires_grad_()
    loss = (x @ w + b - y).square().mean()
    return torch.autograd.grad(loss, (w, b))


@shapes
def test_one_entry_a_feature(learner: Learner, gen: Gen) -> None:
    """each derivative has the shape of its parameter"""
    for n, d in SIZES:
        learner.grads_multi(*_data(gen, n, d))


@values
def test_arguments(learner: Learner, gen: Gen) -> None:
    """the arguments stay as they were"""
    learner.grads_multi(*_data(gen, 7, 3))
    untouched(learner, mistake="arguments-changed")


@gradients
def test_more_rows_than_features(learner: Learner, gen: Gen) -> None:
    """seven rows, three features: the derivatives agree with autograd's"""
    _compare(learner, _data(gen, 7, 3))


@gradients
def test_as_many_rows_as_features(learner: Learner, gen: Gen) -> None:
    """two rows, two features: they agree here too"""
    _compare(learner, _data(gen, 2, 2))


@gradients
def test_other_sizes(learner: Learner, gen: Gen) -> None:
    """other sizes, one row and one feature among them, and many rows"""
    for n, d in SIZES[2:]:
        _compare(learner, _turned(_data(gen, n, d)))


@gradients
def test_asked_again(learner: Learner, gen: Gen) -> None:
    """the same tensors with other numbers in them have other derivatives"""
    data = _data(gen, 7, 3)
    for _ in twice(*data):
        _compare(learner, data)


def _compare(learner: Learner, data: Data) -> None:
    want_w, want_b = _reference(*data)
    grad_w, grad_b = learner.grads_multi(*data)
    draw(learner, GradientBars.of({"w": (grad_w, want_w), "b": (grad_b, want_b)}))
    close(grad_w, want_w, "the derivative by w")
    close(grad_b, want_b, "the derivative by b")
