"""2.6.3: scripted losses, and a model that changes between the epochs.

All losses and min_delta are eighths, so that differences are exact.
"""

import math
from typing import Any

from dojo.suite.vocabulary import Gen, Learner, TwoLosses, close, draw, require, same, values

NAN, INF = math.nan, math.inf
# patience, min_delta, losses, and the epochs after which it should stop
CURVES: tuple[tuple[int, float, list[float], list[int]], ...] = (
    (2, 0.0, [3.0, 2.0, 1.0, 1.5, 1.25, 1.125], [4, 5]),
    (2, 0.0, [3.0, 3.5, 2.0, 2.5, 1.0, 1.5, 1.25], [6]),
    (1, 0.0, [2.0, 1.0, 1.0, 0.5, 0.75], [2, 4]),
    (3, 0.0, [1.0, 4.0, 3.0, 2.0, 1.5, 0.5, 0.75], [3, 4]),
    (2, 0.25, [2.0, 2.125, 2.0, 1.5], [2]),
    (2, 0.25, [2.0, 1.875, 1.75, 1.5, 1.375, 1.25, 1.0], [2, 5]),
    (2, 0.0, [2.0, NAN, 1.5, NAN, NAN, 1.0], [4]),
    (2, 0.0, [NAN, 2.0, 1.0, NAN, 1.5], [4]),
    (2, 0.0, [INF, INF, 2.0], [1]),
)


def _answers(learner: Learner, patience: int, delta: float, losses: list[float]) -> list[Any]:
    return learner.probe.watched(patience, delta, losses)["answers"]


def _spoken(losses: list[float]) -> str:
    return ", ".join("NaN" if v != v else f"{v:g}" for v in losses)


def _watched(learner: Learner) -> TwoLosses:
    """Losses of a model that overfits, and where the answer would stop."""
    train = [2 * 0.9**k for k in range(30)]
    val = [loss + k * k / 600 + 0.03 * (-1) ** k for k, loss in enumerate(train)]
    stops = _answers(learner, 4, 0.0, val)
    marks = {"the lowest": val.index(min(val))}
    if True in stops:
        marks["you stop"] = stops.index(True)
    return TwoLosses.of(train, val, marks, "training beside validation loss, patience 4")


@values
def test_when_to_stop(learner: Learner, gen: Gen) -> None:
    """it stops after patience bad epochs in a row"""
    draw(learner, lambda: _watched(learner))
    for patience, delta, losses, stops in CURVES:
        got = _answers(learner, patience, delta, losses)
        same(got, [k in stops for k in range(len(losses))],
             f"the answers to the losses {_spoken(losses)} with patience {patience} and "
             f"min_delta {delta:g}")  # fmt: skip


@values
def test_restore(learner: Learner, gen: Gen) -> None:
    """restore brings back the best epoch's model, buffers and all"""
    for losses, best in (([3.0, 1.0, 2.0, 2.5], 1), ([2.0, 3.0], 0), ([3.0, 2.0, 1.0, 1.5], 2)):
        seen = learner.probe.watched(9, 0.0, losses)
        for name, value in seen["restored"].items():
            want = seen["states"][best][name]
            close(value, want, f"{name} after restore, where epoch {best} was the best")


@values
def test_kept(learner: Learner, gen: Gen) -> None:
    """update changes nothing, and what is kept stays kept"""
    seen = learner.probe.watched(1, 0.0, [2.0, 3.0, 4.0])
    require(not seen["changed"], "update changed the model.", "restores-unasked")
    for name, value in seen["again"].items():
        close(value, seen["states"][0][name], f"{name} after a second restore")


@values
def test_nothing_kept(learner: Learner, gen: Gen) -> None:
    """without a good epoch restore does nothing"""
    seen = learner.probe.watched(2, 0.0, [NAN, NAN])
    for name, value in seen["restored"].items():
        close(value, seen["last"][name], f"{name} after restore, where no epoch was good")
