"""2.5.4: one table is fitted, others are transformed; columns of very different size.

Constant columns hold 2.5, of which every mean is exact.
"""

import torch
from torch import Tensor

from dojo.suite.vocabulary import (
    Gen,
    Learner,
    ModuleType,
    close,
    finite,
    same,
    shapes,
    untouched,
    values,
)


def _table(gen: Gen, n: int, d: int) -> Tensor:
    """Columns with means and spreads of their own."""
    return gen.uniform(-9, 9, d) + gen.uniform(0.2, 5, d) * gen.randn(n, d)


@shapes
def test_shapes(learner: Learner, gen: Gen) -> None:
    """fit gives the object, the others tables of the same shape"""
    for n, m, d in ((7, 3, 4), (5, 1, 2), (90, 70, 3)):
        scaler = learner.Standardizer().fit(_table(gen, n, d))
        other = _table(gen, m, d)
        same([*scaler.transform(other).shape], [m, d], "the shape of what transform gives")
        same([*scaler.inverse(other).shape], [m, d], "the shape of what inverse gives")


@values
def test_fitted_table(learner: Learner, gen: Gen) -> None:
    """the table that was fitted gets mean 0 and standard deviation 1"""
    for n, d in ((7, 3), (2, 2), (80, 4)):
        x = _table(gen, n, d)
        x[:, 0] = 1e-9 * gen.randn(n)  # a spread, if a tiny one
        got = learner.Standardizer().fit(x).transform(x)
        untouched(learner)
        want = (x - x.mean(dim=0)) / (x - x.mean(dim=0)).square().mean(dim=0).sqrt()
        close(got, want, "the transformed table")


@values
def test_other_table(learner: Learner, reference: ModuleType, gen: Gen) -> None:
    """another table is treated with the numbers of the fitted one"""
    for n, m, d in ((7, 4, 3), (6, 1, 2), (5, 70, 2)):
        x, other = _table(gen, n, d), 3 + 2 * _table(gen, m, d)
        scaler = learner.Standardizer().fit(x)
        untouched(learner)
        want = reference.Standardizer().fit(x)
        close(scaler.transform(other), want.transform(other), "another table, transformed")
        untouched(learner)
        close(scaler.transform(x), want.transform(x), "the fitted table, transformed after it")


@values
def test_constant_column(learner: Learner, gen: Gen) -> None:
    """a column without spread is shifted only"""
    x = torch.cat([_table(gen, 6, 2), torch.full((6, 1), 2.5)], dim=1)
    scaler = learner.Standardizer().fit(x)
    got = scaler.transform(x)
    finite(got, "the transformed table")
    close(got[:, 2], torch.zeros(6), "the column that was the same everywhere")
    other = _table(gen, 4, 3)
    close(scaler.transform(other)[:, 2], other[:, 2] - 2.5, "that column in another table")
    close(scaler.inverse(scaler.transform(other)), other, "that table, there and back")
    one = learner.Standardizer().fit(x[:1])
    close(one.transform(other), other - x[:1], "another table, after a fit of one row")


@values
def test_there_and_back(learner: Learner, reference: ModuleType, gen: Gen) -> None:
    """inverse leads back"""
    for n, m, d in ((7, 4, 3), (3, 1, 2)):
        x, z = _table(gen, n, d), gen.randn(m, d)
        got = learner.Standardizer().fit(x).inverse(z)
        untouched(learner)
        close(got, reference.Standardizer().fit(x).inverse(z), "what inverse gives")


@values
def test_twice(learner: Learner, reference: ModuleType, gen: Gen) -> None:
    """a second fit takes the place of the first, and two objects share nothing"""
    x, y, z = _table(gen, 6, 3), 5 + _table(gen, 4, 3), _table(gen, 2, 3)
    one, two = learner.Standardizer().fit(x), learner.Standardizer().fit(y)
    close(one.transform(z), reference.Standardizer().fit(x).transform(z), "after another's fit")
    one.fit(y)
    close(one.transform(z), two.transform(z), "after a second fit")
