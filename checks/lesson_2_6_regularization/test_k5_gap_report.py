"""2.6.5: scripted curves; every border is at least a fiftieth away."""

from dojo.suite.vocabulary import (
    Gen,
    Learner,
    TwoLosses,
    close,
    draw,
    rejects,
    same,
    untouched,
    values,
)

Curve = list[float]


def _falling(first: float, last: float, n: int) -> Curve:
    return [last + (first - last) * (1 - k / (n - 1)) ** 2 for k in range(n)]


def _bow(first: float, lowest: float, last: float, n: int) -> Curve:
    """Down to the lowest in the middle, then up."""
    half = n // 2
    rise = [lowest + (last - lowest) * (k / (n - 1 - half)) for k in range(n - half)]
    return [*_falling(first, lowest, half + 1)[:-1], *rise]


OVERFIT = (_falling(2, 0.1, 20), _bow(2, 0.6, 1.2, 20))
GOOD = (_falling(2, 0.3, 40), _falling(2.1, 0.4, 40))
UNDERFIT = (_falling(2, 1.5, 20), _falling(2.1, 1.6, 20))
FLAT = [1.0] * 8
CASES: dict[str, tuple[Curve, Curve, str]] = {
    "a validation loss that turns": (*OVERFIT, "overfit"),
    "two curves that fall": (*GOOD, "good"),
    "two curves that hardly fall": (*UNDERFIT, "underfit"),
    "a noisy last epoch of val": ([*GOOD[0], 0.3], [*GOOD[1], 0.5], "good"),
    "a lucky last epoch of val": ([*OVERFIT[0], 0.1], [*OVERFIT[1], 0.61], "overfit"),
    "a lucky last epoch of train": ([*UNDERFIT[0], 0.2], [*UNDERFIT[1], 1.6], "underfit"),
    "a rise of less than a tenth": (_falling(2, 0.1, 20), _bow(2, 0.6, 0.63, 20), "good"),
    "a wide gap that doesn't open": (_falling(2, 0.1, 20), _falling(2.2, 0.8, 20), "good"),
    "both rising at the end": (_bow(2, 0.3, 0.9, 20), _bow(2, 0.3, 0.6, 20), "good"),
    "both rising, train to where it was": (
        _bow(2, 0.3, 1.9, 20),
        _bow(2, 0.3, 0.9, 20),
        "underfit",
    ),
    "little learnt, and lost again": (_falling(2, 1.5, 20), _bow(2.1, 1.6, 2.4, 20), "overfit"),
    "eleven epochs, a spike in the last fifth": (
        [2, 1.5, 1.2, 1, 0.8, 0.6, 0.5, 0.4, 0.1, 0.1, 0.1],
        [2, 1.5, 1.2, 1, 0.8, 0.7, 0.7, 0.7, 0.7, 0.8, 0.76],
        "good",
    ),
    "ten epochs, a spike before the last fifth": (
        _falling(2, 0.1, 10),
        [2, 1.5, 1.2, 1, 0.8, 0.7, 0.7, 0.9, 0.7, 0.75],
        "good",
    ),
    "thirty epochs, a spike at the beginning of the last fifth": (
        _falling(2, 0.1, 30),
        [*_falling(2, 0.5, 24), 0.92, 0.5, 0.5, 0.5, 0.5, 0.5],
        "overfit",
    ),
    "a training loss that rose first": (
        [1, 3, *_falling(2.5, 0.8, 18)],
        _falling(2.1, 0.9, 20),
        "underfit",
    ),
    "exactly half of the training loss left": ([2.0, 1.5, *[1.0] * 8], GOOD[1][-10:], "good"),
    "one curve for both": (_bow(2, 0.3, 0.9, 20), _bow(2, 0.3, 0.9, 20), "good"),
    "a rise of 15 per cent": (_falling(2, 0.1, 20), _bow(2, 0.6, 0.7, 20), "overfit"),
    "a last epoch that jumps": (
        [2, 1, 0.5, 0.3, 0.3, 0.5, 0.7, 0.9, 1.2, 0.5],
        [2, 1, 0.5, 0.3, 0.3, 0.4, 0.5, 0.6, 0.7, 0.7],
        "good",
    ),
    "one epoch": ([1.0], [1.2], "underfit"),
}


@values
def test_best_epoch(learner: Learner, gen: Gen) -> None:
    """the epoch with the lowest validation loss, the first of equals"""
    for train, val, best in (
        ([3.0, 2.0, 1.0, 0.5, 0.25], [3.0, 1.0, 2.0, 1.0, 1.5], 1),
        (*OVERFIT, 10),
        (_falling(2, 1, 8), FLAT, 0),
        (*GOOD, 39),
    ):
        got = learner.overfit_report(train, val)
        untouched(learner)
        if (train, val) == OVERFIT:
            marks = {"your best epoch": got.best_epoch}
            draw(learner, TwoLosses.of(train, val, marks, f"your verdict: {got.verdict}"))
        same(got.best_epoch, best, "the best epoch")


@values
def test_gap(learner: Learner, gen: Gen) -> None:
    """validation less training, in the last epoch"""
    for train, val in (OVERFIT, GOOD, ([1.0, 0.25, 0.5], [1.0, 0.5, 0.25]), ([2.0], [2.5])):
        got = learner.overfit_report(tuple(train), tuple(val))
        close(got.gap_at_end, val[-1] - train[-1], "the gap at the end")


@values
def test_verdict(learner: Learner, gen: Gen) -> None:
    """what the curves say"""
    for words, (train, val, verdict) in CASES.items():
        for factor in (1.0, 250.0):
            scaled = [factor * v for v in train], [factor * v for v in val]
            got = learner.overfit_report(*scaled)
            same(got.verdict, verdict, f"the verdict on {words}")


@values
def test_refused(learner: Learner, gen: Gen) -> None:
    """curves of different lengths, and none at all, raise a ValueError"""
    none: Curve = []
    for train, val in (([1.0, 0.5], [1.0]), ([1.0], [1.0, 0.5]), (none, none), ([1.0], none)):
        words = f"{len(train)} training losses with {len(val)} validation losses"
        rejects(lambda t=train, v=val: learner.overfit_report(t, v), ValueError, words)
