"""1.3.1: sizes, coverage and chance; how the order is drawn from `gen` is free.

In a random order of 2000 rows a row moves by 2000 / 3 = 667 places on average, with a standard
deviation of the square root of 2 * 2000 / 45, which is 9.4; two rows stay beside a neighbour, and
more than 20 with probability below 1e-12. In 60 epochs of 3 rows one of the 15 pairs of a row
and a place stays out with probability 15 (2/3)^60 = 4.1e-10.
"""

from collections.abc import Callable, Iterable

import torch
from torch import Tensor

from dojo.suite.vocabulary import Gen, Learner, draws_from, length, require, shapes, values

COUNTS = ((23, 5), (20, 5), (9, 4), (1, 1), (7, 1), (4, 9), (150, 70))
CASES = [(n, size, drop) for n, size in COUNTS for drop in (False, True)]


def cut(n: int, size: int, drop: bool) -> list[int]:
    return [size] * (n // size) + ([n % size] if n % size and not drop else [])


def whole(batches: Iterable[Tensor]) -> Tensor:
    return torch.cat([torch.arange(0), *batches])


def neighbours_kept(epochs: list[list[Tensor]]) -> bool:
    """Each mini-batch holds rows in the order of the data, but they come in another order."""
    starts = [[int(b[0]) for b in epoch if len(b)] for epoch in epochs]
    return all(bool((b.diff() == 1).all()) for epoch in epochs for b in epoch) and any(
        sorted(s) != s for s in starts
    )


SLIPS: dict[str, Callable[[int, int, bool], list[int]]] = {
    "tail-lost": lambda n, size, drop: cut(n, size, True),
    "drop-last-ignored": lambda n, size, drop: cut(n, size, False),
    "drop-last-inverted": lambda n, size, drop: cut(n, size, not drop),
    "full-last-dropped": lambda n, size, drop: cut(n, size, False)[: -1 if drop else None],
    "full-last-lost": lambda n, size, drop: cut(n, size, False)[:-1],
}


@shapes
def test_sizes(learner: Learner, gen: Gen) -> None:
    """mini-batches of batch_size rows, and the rest"""
    batches = [list(learner.minibatches(n, s, gen.generator(), *[True] * d)) for n, s, d in CASES]
    got = [[len(b) for b in epoch] for epoch in batches]
    slips = [name for name, slip in SLIPS.items() if [slip(*case) for case in CASES] == got]
    if not slips and neighbours_kept(batches):
        slips = ["blocks-shuffled"]
    for (n, size, drop), sizes in zip(CASES, got, strict=True):
        what, want = f"{n} rows by {size}" + " with drop_last" * drop, cut(n, size, drop)
        message = f"{what}: the sizes should be {want}, but they are {sizes}."
        require(sizes == want, message, mistake=slips[0] if slips else None)


@values
def test_each_row_once(learner: Learner, gen: Gen) -> None:
    """each row comes once in an epoch"""
    for n, size, drop in reversed(CASES):  # in large mini-batches rows drawn one by one meet
        batches = list(learner.minibatches(n, size, gen.generator(), drop))
        rows, inside = whole(batches), any(len(b.unique()) < len(b) for b in batches)
        twice = "with-replacement" if inside else "drawn-anew"
        require(len(rows.unique()) == len(rows), "Some rows come twice in an epoch.", twice)
        late = "from-one" if rows.numel() and 0 not in rows and n in rows else None
        for row in rows.tolist():
            message = f"Rows are counted from 0 to {n - 1} here, but {row} came."
            require(0 <= row < n, message, late)


@values
def test_random_order(learner: Learner, gen: Gen) -> None:
    """the order is random"""
    n, places = 2000, torch.arange(2000)
    for size in (32, n, 3 * n):
        batches = list(learner.minibatches(n, size, gen.generator()))
        rows, one = whole(batches), len(batches) == 1
        length(rows, n, "the epoch")
        moved = (rows - places).abs().double().mean().item()
        message = f"A row moves by {moved:.0f} places on average, but about {n // 3} are expected."
        kept = bool((rows // size == places // size).all())
        local = "whole-in-order" if one and not moved else "shuffled-inside"
        require(abs(moved - n / 3) < 60, message, local if kept and (moved or one) else None)
        beside = int((rows.diff().abs() == 1).sum())
        message = f"{beside} rows still stand beside a neighbour, but about 2 are expected."
        runs = int((rows.diff() != 1).sum()) <= len(batches)
        require(beside <= 20, message, "blocks-shuffled" if runs else None)


@values
def test_any_place(learner: Learner, gen: Gen) -> None:
    """any row may come at any place"""
    for drop, places in ((False, 3), (True, 2)):
        generator = gen.generator()
        batches = [list(learner.minibatches(3, 2, generator, drop)) for _ in range(60)]
        epochs = [whole(epoch).tolist() for epoch in batches]
        for row, place in ((row, place) for row in range(3) for place in range(places)):
            never = f"In 60 epochs of 3 rows{' with drop_last' * drop}, row {row} never came"
            mistake = "same-rows-left-out" if drop and all(row not in e for e in epochs) else None
            if sorted({*map(tuple, epochs)}) == [(0, 1, 2), (1, 0, 2)]:
                mistake = "last-row-stays"
            came = any(row in epoch[place : place + 1] for epoch in epochs)
            require(came, f"{never} at place {place}.", mistake)


@values
def test_drawn_from_gen(learner: Learner, gen: Gen) -> None:
    """all randomness comes from gen"""
    draws_from(
        learner,
        gen,
        lambda generator: whole(learner.minibatches(50, 8, generator)),
        "orders",
        elsewhere="gen-ignored",
        another="another-generator",
        fixed="seeds-again",
        restarts="seeds-again",
        calm=torch.arange(50),
    )
