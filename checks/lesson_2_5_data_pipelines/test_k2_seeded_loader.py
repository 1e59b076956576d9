"""2.5.2: which pairs come when, told by numbers that stand in them.

How the order is drawn is free. 60 rows stay in their place, all of them, with probability 1e-82.
"""

from typing import Any

import torch
from torch import Tensor

from dojo.suite.vocabulary import Gen, Learner, close, length, permutation, require, same, values

N, SIZE = 60, 8


def _made(learner: Learner, seed: int, shuffle: bool, n: int = N, size: int = SIZE) -> Any:
    """A loader of n pairs; the input of each is its number, its target that number negative."""
    rows = torch.arange(n).double().unsqueeze(1)
    return learner.loader(learner.probe.dataset(rows, -rows), size, seed, shuffle)


def _epoch(made: Any) -> list[Tensor]:
    """The numbers of the pairs in each mini-batch of an epoch."""
    batches = []
    for x, y in made:
        close(y, -x, "the target beside its input")
        batches.append(x.flatten().long())
    return batches


def _order(made: Any) -> list[int]:
    return [row for batch in _epoch(made) for row in batch.tolist()]


@values
def test_cut(learner: Learner, gen: Gen) -> None:
    """each pair once an epoch, in mini-batches of batch_size and a rest"""
    seed = gen.integer(0, 1000)
    for n, size in ((N, SIZE), (12, 4), (7, 10), (150, 70)):
        for shuffle in (False, True):
            batches = _epoch(_made(learner, seed, shuffle, n, size))
            want = [size] * (n // size) + [n % size] * (n % size > 0)
            what = f"{n} pairs by {size}" + " with shuffle" * shuffle
            permutation(torch.cat(batches), n, f"an epoch of {what}", mistake="with-replacement")
            same([len(batch) for batch in batches], want, f"the sizes for {what}")


@values
def test_unshuffled(learner: Learner, gen: Gen) -> None:
    """without shuffle, the order of ds in each epoch"""
    made = _made(learner, gen.integer(0, 1000), False)
    for epoch in (1, 2):
        same(_order(made), list(range(N)), f"the order in epoch {epoch}")


@values
def test_shuffled(learner: Learner, gen: Gen) -> None:
    """with shuffle, another order in each epoch"""
    made = _made(learner, gen.integer(0, 1000), True)
    orders = [_order(made) for _ in range(3)]
    length(orders[1], N, "the second epoch")
    require(orders[0] != list(range(N)), "With shuffle, the pairs come in the order of ds.")
    repeated = orders[0] == orders[1] or orders[1] == orders[2]
    require(not repeated, "Two epochs have the same order.", "same-every-epoch")
    parts = _epoch(made)
    beside = all(int(part.max() - part.min()) == len(part) - 1 for part in parts)
    require(not beside, "The mini-batches hold neighbours, as they stand in ds.", "blocks-shuffled")


@values
def test_repeatable(learner: Learner, gen: Gen) -> None:
    """the same seed gives the same orders, another seed other ones"""
    for seed in (gen.integer(1, 1000), 0):
        first, again, other = (_made(learner, s, True) for s in (seed, seed, seed + 1))
        orders = []
        for _ in range(3):
            orders.append(_order(first))
            learner.probe.draw_elsewhere()
        for epoch, want in enumerate(orders, start=1):
            same_order = _order(again) == want
            message = f"Two loaders with the seed {seed} have different orders in epoch {epoch}."
            require(same_order, message, "no-generator" if seed else "zero-is-no-seed")
        message = f"Loaders with the seeds {seed} and {seed + 1} have the same order."
        mistake = "seed-ignored" if orders[0] != sorted(orders[0]) else None
        differs = _order(other) != orders[0]
        require(differs, message, mistake if seed else "zero-is-no-seed")
