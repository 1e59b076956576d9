"""2.5.1: rows exactly as they were given, and what loops and loaders rely on."""

from typing import Any

import torch
from torch import Tensor

from dojo.suite.vocabulary import (
    Gen,
    Learner,
    close,
    length,
    rejects,
    require,
    same,
    shapes,
    values,
)

SIZES = ((7, 3, 2), (1, 4, 1), (80, 2, 3))


def _tables(gen: Gen, n: int, d: int, o: int) -> tuple[Tensor, Tensor]:
    return 2 + gen.randn(n, d), gen.randn(n, o) - 3


def _pair(pairs: Any, i: int) -> Any:
    return pairs.method("__getitem__", (i,))


@shapes
def test_sizes(learner: Learner, gen: Gen) -> None:
    """as many as rows, each a row of x and a row of y"""
    for n, d, o in SIZES:
        x, y = _tables(gen, n, d, o)
        pairs = learner.Pairs(x, y)
        same(len(pairs), n, "the number of pairs")
        got = _pair(pairs, 0)
        same([list(part.shape) for part in got], [[d], [o]], "the shapes of a pair")


@values
def test_rows(learner: Learner, gen: Gen) -> None:
    """pair i holds row i of both, from the front and from the end"""
    for n, d, o in SIZES:
        x, y = _tables(gen, n, d, o)
        pairs = learner.Pairs(x, y)
        for i in sorted({0, n // 2, n - 1, -1, -n}, reverse=True):
            got = _pair(pairs, i)
            close(got[0], x[i], f"the input of pair {i}")
            close(got[1], y[i], f"the target of pair {i}")


@values
def test_the_end(learner: Learner, gen: Gen) -> None:
    """beyond either end is an IndexError, and a loop ends"""
    x, y = _tables(gen, 5, 3, 1)
    pairs = learner.Pairs(x, y)
    for i in (5, 6, -6):
        rejects(lambda i=i: _pair(pairs, i), IndexError, f"number {i} of 5 pairs")
    found = learner.probe.walk(x, y, 9)
    length(found, 5, "what a loop over 5 pairs gives")


@values
def test_own_memory(learner: Learner, gen: Gen) -> None:
    """what comes back may be changed"""
    x, y = _tables(gen, 6, 3, 2)
    before, after, given = learner.probe.spoil(x, y, 2)
    held = all(torch.equal(a, b) for a, b in zip(before, after, strict=True))
    require(held, "A pair was changed in place, and asked for again it comes changed.", "views")
    for name, kept, now in (("x", x, given[0]), ("y", y, given[1])):
        close(now, kept, f"{name}, when a pair was changed in place")


@values
def test_partners(learner: Learner, gen: Gen) -> None:
    """rows without a partner raise a ValueError"""
    for n, m in ((7, 5), (5, 7), (1, 4)):
        x, y = gen.randn(n, 3), gen.randn(m, 3)
        rejects(lambda x=x, y=y: learner.Pairs(x, y), ValueError, f"{n} inputs with {m} targets")


@values
def test_in_a_loader(learner: Learner, gen: Gen) -> None:
    """torch's loader makes mini-batches of it"""
    x, y = _tables(gen, 8, 3, 2)
    got = learner.probe.batches(x, y, 3)
    length(got, 3, "the mini-batches")
    close(torch.cat([a for a, _ in got]), x, "the inputs of all mini-batches")
    close(torch.cat([b for _, b in got]), y, "the targets of all mini-batches")
