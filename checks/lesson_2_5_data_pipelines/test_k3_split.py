"""2.5.3: sizes and coverage, then chance; how the rows are drawn is free.

Of 600 validation rows among 2000, 300 lie in the first half on average, with a standard deviation
of 10.2 (hypergeometric): 60 off have probability below 1e-8. In 2000 splits of 5 rows with 1 kept
back, each is kept in a share of 0.2 with a standard deviation of 0.009; 0.055 is six of them.
"""

import torch

from dojo.suite.vocabulary import (
    Gen,
    Learner,
    about,
    draws_from,
    permutation,
    require,
    same,
    shapes,
    values,
)

# Rows, fraction, rows that are kept back: no fraction ends in a half.
CASES = (
    (10, 0.2, 2), (9, 0.3, 3), (11, 0.3, 3), (150, 0.5, 75), (97, 0.1, 10), (7, 0.6, 4),
    (3, 0.1, 1), (2, 0.9, 1), (2, 0.01, 1), (5, 0.97, 4),
)  # fmt: skip


def _sizes(learner: Learner, gen: Gen, n: int, fraction: float) -> list[int]:
    return [len(part) for part in learner.split(n, fraction, gen.generator())]


@shapes
def test_sizes(learner: Learner, gen: Gen) -> None:
    """the sizes of both parts, and none is empty"""
    for n, fraction, kept in CASES:
        got = _sizes(learner, gen, n, fraction)
        if got != [n - kept, kept]:
            varies = any(_sizes(learner, gen, n, fraction) != got for _ in range(9))
            message = f"The sizes for {n} rows and {fraction} differ from call to call."
            require(not varies, message, "each-by-itself")
        same(got, [n - kept, kept], f"the sizes for {n} rows and {fraction}")


@values
def test_every_row_once(learner: Learner, gen: Gen) -> None:
    """each row is in one part, once"""
    for n, fraction, _ in CASES:
        train, val = learner.split(n, fraction, gen.generator())
        twice = any(len(part.unique()) < len(part) for part in (train, val))
        require(not twice, f"Of {n} rows some stand in a part twice.", "with-replacement")
        both = sorted({*train.tolist()} & {*val.tolist()})
        require(not both, f"Row {both[:1]} of {n} is in both parts.", "overlapping")
        beyond = bool((torch.cat([train, val]) == n).any())
        message = f"Rows are counted from 0 to {n - 1} here, but {n} came."
        require(not beyond, message, "counted-from-one")
        permutation(torch.cat([train, val]), n, f"both parts of {n} rows together")


@values
def test_random(learner: Learner, gen: Gen) -> None:
    """any row may be kept back"""
    _, val = learner.split(2000, 0.3, gen.generator())
    share = float((val < 1000).double().mean())
    end = bool((val.sort().values.diff() == 1).all())
    require(not end, "The validation part is one piece of the data.", "not-shuffled")
    message = "All rows of the validation part come from one half of the data."
    require(0 < share < 1, message, "only-one-half-mixed")
    about(share, 0.5, 0.1, "the share of the first half in the validation part")
    kept = learner.probe.kept(5, 0.2, gen.generator(), 2000)
    for row in range(5):
        share = float((kept == row).double().mean())
        about(share, 0.2, 0.055, f"the share of splits of 5 rows that keep row {row} back")


@values
def test_drawn_from_gen(learner: Learner, gen: Gen) -> None:
    """all randomness comes from gen"""
    draws_from(
        learner,
        gen,
        lambda generator: learner.split(60, 0.3, generator)[1].sort().values,
        "splits",
        elsewhere="gen-ignored",
        another="gen-ignored",
        fixed="own-seed",
        restarts="starts-over",
        calm=torch.arange(18),
    )
