"""1.3.2: all small numbers of examples and batch sizes, and a few as they are in life."""

from dojo.suite.vocabulary import Gen, Learner, same, shapes, values

USUAL = [(60_000, 128), (50_000, 32), (1_024, 64), (70, 32), (1, 512), (1_000_000, 1)]


def counted(n: int, batch_size: int, drop_last: bool) -> int:
    starts = range(0, n, batch_size)
    return sum(1 for start in starts if not drop_last or start + batch_size <= n)


def compare(learner: Learner, n: int, batch_size: int, drop_last: bool) -> None:
    name = f"the number of updates for {n} in mini-batches of {batch_size}"
    got = learner.updates_per_epoch(n, batch_size, drop_last)
    same(got, counted(n, batch_size, drop_last), name + " with drop_last" * drop_last)


@shapes
def test_an_int(learner: Learner, gen: Gen) -> None:
    """one whole number comes back"""
    for drop_last in (False, True):
        learner.updates_per_epoch(4 * gen.integer(2, 9) + 1, 4, drop_last)


@values
def test_small(learner: Learner, gen: Gen) -> None:
    """every small number of examples"""
    for n in range(12, 0, -1):
        for batch_size in range(1, 15):
            for drop_last in (False, True):
                compare(learner, n, batch_size, drop_last)


@values
def test_usual(learner: Learner, gen: Gen) -> None:
    """numbers as they are in life"""
    for n, batch_size in [*USUAL, (gen.integer(100, 999), gen.integer(20, 90))]:
        for drop_last in (False, True):
            compare(learner, n, batch_size, drop_last)
