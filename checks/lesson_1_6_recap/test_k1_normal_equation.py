"""1.6.1: w and b against the orthogonal projection; the differences have no part along a feature.

The features are made from orthogonal columns, so that the bowl is round and answers by any formula
agree to 1e-12. Where the best parameters are not unique they are judged by their predictions.
"""

import torch
from torch import Tensor

from dojo.suite.vocabulary import (
    FittedFunction,
    Gen,
    Learner,
    close,
    draw,
    finite,
    shapes,
    untouched,
    values,
)

# With powers of 2 an elimination meets an exact 0, so that no inverse comes out by luck.
POWERS = ((2.0, 4.0), (4.0, -2.0), (-2.0, 8.0))


def data(gen: Gen, n: int, d: int, sign: int = 1) -> tuple[Tensor, Tensor]:
    """Features of unequal spread whose mean isn't 0, and targets with noise."""
    columns = torch.linalg.qr(gen.randn(n, d + 1))[0][:, 1:] * n**0.5
    x = sign * (columns * gen.uniform(0.8, 1.6, d) + gen.uniform(0.3, 0.7, d))
    return x, sign * (x @ gen.uniform(1, 2, d) + 1.5) + gen.randn(n)


def full(x: Tensor) -> Tensor:
    return torch.cat([x, torch.ones(len(x), 1, dtype=x.dtype)], dim=1)


def pulled(a: Tensor, y: Tensor, theta: Tensor) -> Tensor:
    """The lowest place where something was added to the diagonal, as much as fits theta best."""
    added = (y - a @ theta) @ (a @ theta) / theta.square().sum().clamp(min=1e-30)
    return torch.linalg.solve(a.T @ a + added * torch.eye(len(theta)), a.T @ y)


def judge(learner: Learner, x: Tensor, y: Tensor) -> None:
    w, b = learner.least_squares(x, y)
    untouched(learner)
    want = torch.linalg.pinv(full(x)) @ y
    theta = torch.cat([w, b]).double()
    close(w, want[:-1], "w", otherwise={"pushed-to-zero": lambda: pulled(full(x), y, theta)[:-1]})
    close(b, want[-1:], "b")


@shapes
def test_a_weight_each(learner: Learner, gen: Gen) -> None:
    """a weight for each feature, and b"""
    for n, d in ((7, 3), (6, 1), (90, 2)):
        learner.least_squares(*data(gen, n, d))


@values
def test_fit(learner: Learner, gen: Gen) -> None:
    """the best w and b for several sets of points"""
    for n, d, sign in ((8, 2, 1), (7, 3, 1), (5, 1, -1), (9, 4, -1)):
        judge(learner, *data(gen, n, d, sign))
    x, y = data(gen, 12, 2)
    judge(learner, x * torch.tensor([256.0, 1.0]), y)  # a power of 2 changes no digit


@values
def test_many_rows(learner: Learner, gen: Gen) -> None:
    """more rows than a batch usually has"""
    judge(learner, *data(gen, 130, 2))


@values
def test_line(learner: Learner, gen: Gen) -> None:
    """points that lie on a line give that line"""
    slope, intercept = gen.uniform(1, 2), -gen.uniform(2, 3)
    x = torch.linspace(0, 2, 9).reshape(9, 1)
    y = slope * x[:, 0] + intercept
    w, b = learner.least_squares(x, y)
    title = "your line and its points"
    draw(learner, FittedFunction.of(x, y, x * w + b, y, title=title))
    close(w, slope.reshape(1), "w")
    close(b, intercept.reshape(1), "b")


@values
def test_asked_again(learner: Learner, gen: Gen) -> None:
    """the same tensors with other numbers in them have another fit"""
    x, y = data(gen, 6, 2)
    for factor in (1.0, -1.4):
        x *= factor
        y += factor
        judge(learner, x, y)


@values
def test_fewer_rows(learner: Learner, gen: Gen) -> None:
    """fewer rows than parameters"""
    one_row = torch.tensor(POWERS[gen.integer(0, 3)])[None]
    for x in (one_row, gen.randn(2, 3), gen.randn(3, 4) + 1):
        y = 1 + gen.rand(len(x))
        w, b = learner.least_squares(x, y)
        finite(w, "w")
        finite(b, "b")
        close(x @ w.double() + b.double(), y, "the list of predictions")
