"""What a judged run did, as data to be looked at: the pictures of a verdict.

Plain frozen values that know neither how they were recorded nor how they are drawn. ``of`` makes
them from whatever a suite holds (tensors, lists, numbers), never raises and keeps them small: an
answer may be wrong in every way, and its picture still is one. Drawers must expect NaN, infinities
and sequences of unequal lengths.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

MOST_NUMBERS = 2000
MOST_SERIES = 8
MOST_ROWS = 80  # of the grid behind a boundary or a landscape
MOST_POINTS = 400
SAME = 1e-6  # what differs by less looks the same
_MOST_READ = 200_000  # numbers of one value; nobody's picture has more
_DEPTH = 4

Numbers = tuple[float, ...]


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
        lower = _numbers(low)
        upper = lower if high is None else _numbers(high)
        return LossCurve(_numbers(losses), lower, upper, goal, _length(losses), title)


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
        return FittedFunction(*map(_numbers, (x, y, y_pred, y_true)), title=title)


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
        pairs = list(zip(_items(points), _flat(labels), strict=False))
        known = [(*_numbers(p), int(v > 0.5)) for p, v in _every(pairs, MOST_POINTS)]
        rows = [row for row in known if len(row) == 3]
        return Boundary(
            _rows(grid),
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
        rows = [(name, *_compare(got, want)) for name, (got, want) in pairs.items()][:MOST_SERIES]
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
        said = tuple(str(w)[:40] for w in _items(words)[:MOST_SERIES])
        return RateEffects(
            tuple(float(rate) for rate, _ in few),
            tuple(_numbers(losses) for _, losses in few),
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
            _rows(grid),
            xlim,
            ylim,
            tuple(_pairs(places) for _, places in few),
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
        return LossSlice(*map(_numbers, (steps, losses, right)), title=title)


Picture = LossCurve | FittedFunction | Boundary | GradientBars | RateEffects | Landscape | LossSlice


def _numbers(values: Any) -> Numbers:
    """All numbers in it, in order and thinned to a bearable count; NaN for what is none."""
    return tuple(_thinned(values, MOST_NUMBERS))


def _rows(grid: Any) -> tuple[Numbers, ...]:
    items = _items(grid)
    if all(len(_items(row)) == 1 for row in items):
        flat = _flat(items)
        side = math.isqrt(len(flat))
        items = [flat[i * side : (i + 1) * side] for i in range(side)]
    return tuple(tuple(_thinned(row, MOST_ROWS * 2)) for row in _every(items, MOST_ROWS))


def _pairs(places: Any) -> tuple[tuple[float, float], ...]:
    """The places that have two numbers, and not too many of them."""
    rows = [_numbers(place) for place in _every(_items(places), MOST_POINTS)]
    return tuple((row[0], row[1]) for row in rows if len(row) == 2)


def _length(values: Any) -> int:
    return len(_items(values))


def _thinned(values: Any, most: int) -> list[float]:
    return [_number(v) for v in _every(_flat(values), most)]


def _every(items: list[Any], most: int) -> list[Any]:
    """Evenly chosen items, the last always among them."""
    step = -(-len(items) // most)
    if step <= 1:
        return items
    return [*items[:-1:step], items[-1]]


def _items(values: Any) -> list[Any]:
    """A list of what is in a list, tuple, tensor or array; nothing of anything else.

    Only plain containers are asked: an object of the learner's could do anything when asked.
    """
    if isinstance(values, (list, tuple)):
        return list(values)
    if _is_array(values):
        plain = values.tolist() if math.prod(values.shape) <= _MOST_READ else []
        return plain if isinstance(plain, list) else [plain]
    return [values] if isinstance(values, (int, float)) else []


def _is_array(value: Any) -> bool:
    module = type(value).__module__.partition(".")[0]
    return module in ("torch", "numpy") and hasattr(value, "tolist") and hasattr(value, "shape")


def _flat(values: Any) -> list[Any]:
    return list(islice(_leaves(values, _DEPTH), _MOST_READ))


def _leaves(values: Any, depth: int) -> Iterator[Any]:
    for item in _items(values):
        if isinstance(item, (int, float)):
            yield item
        elif depth and (isinstance(item, (list, tuple)) or _is_array(item)):
            yield from _leaves(item, depth - 1)
        else:
            yield math.nan


def _number(value: Any) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _compare(got: Any, want: Any) -> tuple[float, float, float]:
    """Both lengths, and the cosine of the angle (NaN where there is none)."""
    a = [_number(v) for v in _flat(got)]
    b = [_number(v) for v in _flat(want)]
    long, right = math.hypot(*a), math.hypot(*b)
    known = len(a) == len(b) and 0 < long < math.inf and 0 < right < math.inf
    cosine = (
        math.fsum((x / long) * (y / right) for x, y in zip(a, b, strict=True))
        if known
        else math.nan
    )
    return long, right, cosine
