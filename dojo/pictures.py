"""What a judged run did, as data to be looked at: the pictures of a verdict.

Plain frozen values that know neither how they were recorded nor how they are drawn. ``of`` makes
them from whatever a suite holds (tensors, lists, numbers), never raises and keeps them small: an
answer may be wrong in every way, and its picture still is one. Drawers must expect NaN, infinities
and sequences of unequal lengths.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dojo.numbers import (
    MOST_POINTS,
    Numbers,
    compare,
    flatten,
    items_of,
    length_of,
    numbers_of,
    pairs_of,
    rows_of,
    thin_out,
)

MOST_SERIES = 8
SAME = 1e-6  # what differs by less looks the same


@dataclass(frozen=True)
class LossCurve:
    """The loss at each epoch, with what the reference's loss does.

    Attributes:
        losses: the learner's, one an epoch (thinned when there are very many).
        low: the reference's smallest at each epoch; any number of them, spread over the epochs.
        high: the reference's largest; the same as ``low`` where there is only one right curve.
        goal: what the loss should get below, or None.
        epochs: how many epochs the losses stand for.
        title: what it shows, in a few words.
        check: name of the check that recorded it.
    """

    losses: Numbers
    low: Numbers = ()
    high: Numbers = ()
    goal: float | None = None
    epochs: int = 0
    title: str = "the loss at each epoch"
    check: str = ""

    @staticmethod
    def of(
        losses: Any,
        low: Any = (),
        high: Any = None,
        goal: float | None = None,
        title: str = "the loss at each epoch",
    ) -> "LossCurve":
        """From any numbers; without ``high`` the reference is the one curve ``low``."""
        lower = numbers_of(low)
        upper = lower if high is None else numbers_of(high)
        return LossCurve(numbers_of(losses), lower, upper, goal, length_of(losses), title)


@dataclass(frozen=True)
class FittedFunction:
    """Points, and the function that was fitted to them.

    Attributes:
        x: where the points are, in any order.
        y: their targets.
        y_pred: what the learner's function gives there.
        y_true: what a perfect one would give there, if that is known.
        title: what it shows, in a few words.
        check: name of the check that recorded it.
    """

    x: Numbers
    y: Numbers
    y_pred: Numbers
    y_true: Numbers = ()
    title: str = "the fit"
    check: str = ""

    @staticmethod
    def of(
        x: Any, y: Any, y_pred: Any, y_true: Any = (), title: str = "the fit"
    ) -> "FittedFunction":
        """From any numbers."""
        return FittedFunction(*map(numbers_of, (x, y, y_pred, y_true)), title=title)


@dataclass(frozen=True)
class Boundary:
    """Two classes of points, and where the learner's model changes its mind.

    Attributes:
        grid: the model's outputs on an even grid, row by row from the lowest y to the highest.
        xlim: the first and the last x of the grid.
        ylim: the first and the last y of the grid.
        points: (x, y) of the data.
        labels: 0 or 1 for each point.
        level: outputs above it mean label 1.
        title: what it shows, in a few words.
        check: name of the check that recorded it.
    """

    grid: tuple[Numbers, ...]
    xlim: tuple[float, float]
    ylim: tuple[float, float]
    points: tuple[tuple[float, float], ...]
    labels: tuple[int, ...]
    level: float = 0.5
    title: str = "the decision boundary"
    check: str = ""

    @staticmethod
    def of(
        grid: Any,
        xlim: tuple[float, float],
        ylim: tuple[float, float],
        points: Any,
        labels: Any,
        level: float = 0.5,
        title: str = "the decision boundary",
    ) -> "Boundary":
        """From any numbers; ``grid`` has rows, or is one column of a square grid."""
        pairs = list(zip(items_of(points), flatten(labels), strict=False))
        known = [(*numbers_of(p), int(v > 0.5)) for p, v in thin_out(pairs, MOST_POINTS)]
        rows = [row for row in known if len(row) == 3]
        return Boundary(
            rows_of(grid),
            xlim,
            ylim,
            tuple((x, y) for x, y, _ in rows),
            tuple(label for _, _, label in rows),
            level,
            title,
        )


@dataclass(frozen=True)
class GradientBars:
    """Gradients beside autograd's: how long, and in which direction.

    Attributes:
        names: of the parameters.
        got: the length (norm) of the learner's gradient of each.
        want: the length of autograd's.
        cosines: of the angle between them: 1 same direction, -1 the other way round.
        title: what it shows, in a few words.
        check: name of the check that recorded it.
    """

    names: tuple[str, ...]
    got: Numbers
    want: Numbers
    cosines: Numbers
    title: str = "gradients, beside autograd's"
    check: str = ""

    @staticmethod
    def of(
        pairs: Mapping[str, tuple[Any, Any]], title: str = "gradients, beside autograd's"
    ) -> "GradientBars":
        """From the learner's and the right gradient of each parameter, by name."""
        rows = [(name, *compare(got, want)) for name, (got, want) in pairs.items()][:MOST_SERIES]
        names, got, want, cosines = zip(*rows, strict=True) if rows else ((), (), (), ())
        return GradientBars(names, got, want, cosines, title)

    def ratio(self, index: int) -> float:
        """How many times as long as autograd's; below 0 the other way round; NaN if unknown."""
        got, want, cosine = self.got[index], self.want[index], self.cosines[index]
        if not want:
            return 1.0 if got == 0 else math.inf
        return math.copysign(got / want, cosine) if got else 0.0

    def is_right(self, index: int) -> bool:
        """Whether it is autograd's, as far as one can see."""
        return abs(self.ratio(index) - 1) < SAME and not self.cosines[index] < 1 - SAME


@dataclass(frozen=True)
class RateEffects:
    """What the learning rate does: one loss curve for each.

    Attributes:
        rates: the learning rates.
        curves: the losses with each of them.
        words: what is said of each, or nothing.
        title: what it shows, in a few words.
        check: name of the check that recorded it.
    """

    rates: Numbers
    curves: tuple[Numbers, ...]
    words: tuple[str, ...] = ()
    title: str = "the loss at each epoch, by learning rate"
    check: str = ""

    @staticmethod
    def of(
        curves: Mapping[float, Any],
        words: Any = (),
        title: str = "the loss at each epoch, by learning rate",
    ) -> "RateEffects":
        """From the losses by learning rate, and a word on each of them."""
        few = list(curves.items())[:MOST_SERIES]
        said = tuple(str(w)[:40] for w in items_of(words)[:MOST_SERIES])
        return RateEffects(
            tuple(float(rate) for rate, _ in few),
            tuple(numbers_of(losses) for _, losses in few),
            said,
            title,
        )


@dataclass(frozen=True)
class Landscape:
    """A loss over two parameters, seen from above, and the ways through it.

    Attributes:
        grid: the losses on an even grid, row by row from the lowest of the second parameter.
        xlim: the first and the last value of the first parameter.
        ylim: the first and the last value of the second parameter.
        ways: the (x, y) places of each way, in order; a way of one place is a spot, one of two
            a straight line.
        words: what each way is.
        names: of the two parameters.
        title: what it shows, in a few words.
        check: name of the check that recorded it.
    """

    grid: tuple[Numbers, ...]
    xlim: tuple[float, float]
    ylim: tuple[float, float]
    ways: tuple[tuple[tuple[float, float], ...], ...] = ()
    words: tuple[str, ...] = ()
    names: tuple[str, str] = ("w", "b")
    title: str = "the loss, seen from above"
    check: str = ""

    @staticmethod
    def of(
        grid: Any,
        xlim: tuple[float, float],
        ylim: tuple[float, float],
        ways: Mapping[str, Any] | None = None,
        names: tuple[str, str] = ("w", "b"),
        title: str = "the loss, seen from above",
    ) -> "Landscape":
        """From any numbers; ``grid`` as for a boundary, ``ways`` by what they are."""
        few = list((ways or {}).items())[:MOST_SERIES]
        return Landscape(
            rows_of(grid),
            xlim,
            ylim,
            tuple(pairs_of(places) for _, places in few),
            tuple(str(words)[:40] for words, _ in few),
            names,
            title,
        )


@dataclass(frozen=True)
class LossSlice:
    """The loss along a straight line through the parameters.

    Attributes:
        steps: how far along the line, in any order; 0 is where the parameters are.
        losses: the learner's loss at each.
        right: the right loss at each, if that is known.
        title: what it shows, in a few words.
        check: name of the check that recorded it.
    """

    steps: Numbers
    losses: Numbers
    right: Numbers = ()
    title: str = "the loss along one direction"
    check: str = ""

    @staticmethod
    def of(
        steps: Any, losses: Any, right: Any = (), title: str = "the loss along one direction"
    ) -> "LossSlice":
        """From any numbers."""
        return LossSlice(*map(numbers_of, (steps, losses, right)), title=title)


@dataclass(frozen=True)
class TwoLosses:
    """Training beside validation loss, and what happened in some of the epochs.

    Attributes:
        train: the training loss of each epoch, from epoch 0 on; may be empty.
        val: the validation loss of each epoch.
        marks: epochs, and a word on each.
        title: what it shows, in a few words.
        check: name of the check that recorded it.
    """

    train: Numbers
    val: Numbers
    marks: tuple[tuple[int, str], ...] = ()
    title: str = "training beside validation loss"
    check: str = ""

    @staticmethod
    def of(
        train: Any,
        val: Any,
        marks: Mapping[str, Any] | None = None,
        title: str = "training beside validation loss",
    ) -> "TwoLosses":
        """From any numbers; ``marks`` are epochs by a word; what is no epoch has no mark."""
        losses = numbers_of(train), numbers_of(val)
        last = max(map(len, losses)) - 1
        few = list((marks or {}).items())[:MOST_SERIES]
        known = tuple((at, words[:40]) for words, at in few if type(at) is int and 0 <= at <= last)
        return TwoLosses(*losses, known, title)


@dataclass(frozen=True)
class Mask:
    """What of a table is switched off: a row for each example, a column for each unit.

    Attributes:
        rows: for each cell whether it is on.
        title: what it shows, in a few words.
        check: name of the check that recorded it.
    """

    rows: tuple[tuple[bool, ...], ...]
    title: str = "what is switched off"
    check: str = ""

    @staticmethod
    def of(on: Any, title: str = "what is switched off") -> "Mask":
        """From a table of any numbers; what is 0 is off."""
        table = rows_of(on)
        return Mask(tuple(tuple(v != 0 for v in row) for row in table), title)

    @property
    def share(self) -> float:
        """Of all cells, how many are off; NaN where there is none."""
        cells = [v for row in self.rows for v in row]
        return cells.count(False) / len(cells) if cells else math.nan


Picture = (
    LossCurve
    | FittedFunction
    | Boundary
    | GradientBars
    | RateEffects
    | Landscape
    | LossSlice
    | TwoLosses
    | Mask
)
