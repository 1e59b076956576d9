"""1.3.3: against autograd in float64, and the mini-batches of an epoch against all rows at once."""

import torch
from torch import Tensor

from dojo.suite.vocabulary import (
    Gen,
    GradientBars,
    Learner,
    close,
    draw,
    gradients,
    require,
    shapes,
    untouched,
    values,
)


def data(gen: Gen, n: int, d: int) -> tuple[Tensor, Tensor, Tensor]:
    return gen.randn(n, d) + gen.uniform(0.5, 1.5, d), gen.randn(n) + 2, gen.randn(d)


def wanted(x: Tensor, y: Tensor, w: Tensor, rows: Tensor) -> Tensor:
    leaf = w.clone().requires_grad_()
    return torch.autograd.grad((x[rows] @ leaf - y[rows]).square().mean(), leaf)[0]


@shapes
def test_one_entry_a_feature(learner: Learner, gen: Gen) -> None:
    """the gradient has the shape of w"""
    for n, d, k in ((7, 3, 4), (5, 2, 1), (2, 2, 2), (90, 1, 70)):
        learner.batch_grad(*data(gen, n, d), gen.permutation(n)[:k])


@values
def test_arguments(learner: Learner, gen: Gen) -> None:
    """the arguments stay as they were"""
    x, y, w = data(gen, 7, 3)
    learner.batch_grad(x, y, w, torch.tensor([5, 2, 2]))
    untouched(learner)
    on = "After the call w requires grad. It is the caller's own tensor."
    require(not w.requires_grad, on, mistake="w-switched-on")


@gradients
def test_some_rows(learner: Learner, gen: Gen) -> None:
    """some of the rows: the gradient agrees with autograd's"""
    for n, d, k in ((9, 3, 4), (6, 2, 5), (90, 4, 70), (3, 2, 2), (8, 1, 3)):
        x, y, w = data(gen, n, d)
        rows = gen.permutation(n)[:k]
        got, want = learner.batch_grad(x, y, w, rows), wanted(x, y, w, rows)
        draw(learner, GradientBars.of({"w": (got, want)}))
        close(got, want, f"the gradient over {k} of {n} rows")


@gradients
def test_odd_batches(learner: Learner, gen: Gen) -> None:
    """one row, a row that comes twice, all rows in another order"""
    x, y, w = data(gen, 6, 3)
    for rows in (torch.tensor([4]), torch.tensor([0]), torch.tensor([5, 1, 5]), gen.permutation(6)):
        got = learner.batch_grad(x, y, w, rows)
        close(got, wanted(x, y, w, rows), f"the gradient over the rows {rows.tolist()}")


@gradients
def test_unbiased(learner: Learner, gen: Gen) -> None:
    """the mini-batches of an epoch add up to all rows"""
    n = 23
    x, y, w = data(gen, n, 4)
    batches = gen.permutation(n).split(5)
    total = sum(len(rows) / n * learner.batch_grad(x, y, w, rows) for rows in batches)
    close(total, wanted(x, y, w, torch.arange(n)), "the sum of the gradients, each times k / n")
