"""What all drawings of a picture need to know of its numbers: ranges, scales, and words for them.

Expects anything: NaN, infinities, numbers that no plotter can place, unequal lengths.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from dojo.numbers import Numbers
from dojo.pictures import SAME, Boundary, GradientBars, Landscape, LossCurve

LARGEST = 1e30  # what lies beyond is drawn at the edge, if at all
LOG_SPAN = 30.0  # numbers that differ by more are drawn by their logarithm


@dataclass(frozen=True)
class Scale:
    """Where numbers are placed between a low and a high end.

    Attributes:
        low, high: the ends, as numbers of the axis (logarithms, if ``log``).
        log: numbers are placed by their logarithm.
    """

    low: float
    high: float
    log: bool

    @staticmethod
    def of(values: Iterable[float], log: bool | None = None) -> "Scale":
        """The scale on which all of the finite values have a place."""
        finite = [v for v in values if usable(v)]
        positive = bool(finite) and min(finite) > 0
        by_log = positive and (max(finite) > LOG_SPAN * min(finite) if log is None else log)
        placed = [math.log10(v) for v in finite] if by_log else finite
        return Scale(min(placed, default=0.0), max(placed, default=1.0), by_log)

    def axis(self, value: float) -> float:
        """The number on the axis; NaN for what has no place there."""
        if not self.log:
            return value
        return math.log10(value) if value > 0 and usable(value) else math.nan

    def places(self, values: Iterable[float]) -> list[float]:
        """The numbers on the axis."""
        return [self.axis(v) for v in values]

    def share(self, value: float) -> float:
        """0 at the low end, 1 at the high end."""
        if self.high <= self.low:
            return 0.5
        share = (self.axis(value) - self.low) / (self.high - self.low)
        return min(max(share, 0.0), 1.0)


def ticks(scale: Scale, count: int = 5) -> list[tuple[float, str]]:
    """Places on an axis, and what is written there."""
    low, high = scale.low, scale.high
    if scale.log and high - low >= 1.5:
        step = max(1, math.ceil((high - low) / count))
        powers = range(math.ceil(low), math.floor(high) + 1, step)
        return [(float(p), number(10.0**p)) for p in powers]
    if not high - low > 1e-9 * max(abs(low), abs(high), 1e-200):
        return [(low, number(10**low if scale.log else low))]
    # Steps of 1, 2 or 5 times a power of ten.
    rough = (high - low) / count
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(f * power for f in (1.0, 2.0, 5.0, 10.0) if f * power >= rough * 0.999)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    places = [k * step for k in range(first, last + 1)][: 4 * count]
    return [(p, number(round(10**p if scale.log else p, 12))) for p in places]


def broken(
    x: Sequence[float], y: Sequence[float]
) -> Iterator[tuple[tuple[float, ...], tuple[float, ...]]]:
    """The runs of points between those that can't be placed."""
    pairs = zip(x, y, strict=False)
    for fine, run in groupby(pairs, lambda pair: usable(pair[0]) and usable(pair[1])):
        if fine:
            xs, ys = zip(*run, strict=True)
            yield xs, ys


def in_order(x: Sequence[float], y: Sequence[float]) -> tuple[list[float], list[float]]:
    """The points from left to right, without those at no place."""
    pairs = sorted(p for p in zip(x, y, strict=False) if usable(p[0]))
    return [a for a, _ in pairs], [b for _, b in pairs]


def outputs(
    picture: Boundary | Landscape, columns: int, rows: int
) -> list[list[tuple[float, float, float]]]:
    """Rows of (x, y, output) at evenly spaced places, from below, read off between the grid's."""
    grid = [row for row in picture.grid if row]
    if not grid:
        return []
    (left, right), (low, high) = picture.xlim, picture.ylim
    found: list[list[tuple[float, float, float]]] = []
    for j in range(rows):
        up = j / max(rows - 1, 1)
        y, (below, above, part) = low + up * (high - low), _between(up, len(grid))
        line: list[tuple[float, float, float]] = []
        for i in range(columns):
            along = i / max(columns - 1, 1)
            a, b = (_read(grid[k], along) for k in (below, above))
            line.append((left + along * (right - left), y, _mix(a, b, part)))
        found.append(line)
    return found


def _read(row: Numbers, along: float) -> float:
    before, after, part = _between(along, len(row))
    return _mix(row[before], row[after], part)


def _between(share: float, count: int) -> tuple[int, int, float]:
    """The two neighbours of a place, and how far it is from the first to the second."""
    at = share * (count - 1)
    before = min(int(at), count - 1)
    return before, min(before + 1, count - 1), at - before


def _mix(a: float, b: float, part: float) -> float:
    return a if a == b or part == 0 else a + part * (b - a)


def borders(values: Iterable[float], count: int) -> list[float]:
    """The losses between which a landscape has one shade, from the lowest to the highest.

    In a bowl they lie evenly on the way out: the distance goes with the root of the loss.
    """
    finite = [v for v in values if usable(v)]
    low, high = min(finite, default=0.0), max(finite, default=1.0)
    return [low + (high - low) * (k / count) ** 2 for k in range(count + 1)]


def inside(
    way: Sequence[tuple[float, float]], xlim: tuple[float, float], ylim: tuple[float, float]
) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight pieces of a way, cut off where they leave the picture."""
    box = tuple((min(ends), max(ends)) for ends in (xlim, ylim))
    for start, end in pairwise(way):
        if not all(map(usable, (*start, *end))):
            continue
        first, last = 0.0, 1.0
        for a, b, (low, high) in zip(start, end, box, strict=True):
            if a == b:
                first = first if low <= a <= high else math.inf
                continue
            enters, leaves = sorted(((low - a) / (b - a), (high - a) / (b - a)))
            first, last = max(first, enters), min(last, leaves)
        if first <= last:
            yield _along(start, end, first), _along(start, end, last)


def is_inside(
    place: tuple[float, float], xlim: tuple[float, float], ylim: tuple[float, float]
) -> bool:
    """Whether a place lies in the picture."""
    return all(min(e) <= v <= max(e) for v, e in zip(place, (xlim, ylim), strict=True))


def _along(
    start: tuple[float, float], end: tuple[float, float], part: float
) -> tuple[float, float]:
    return start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1])


def bar_lengths(bars: GradientBars) -> tuple[list[float], float]:
    """How often each gradient is ten times too long (below 0: too short), and where bars end.

    Infinite for what has no length; such a bar goes to the end.
    """
    lengths = [_bar_length(abs(bars.ratio(i))) for i in range(len(bars.names))]
    # Twice as long takes at least a quarter of the room, and the longest takes all of it.
    return lengths, max([4 * math.log10(2), *(abs(s) for s in lengths if math.isfinite(s))])


def _bar_length(ratio: float) -> float:
    if math.isnan(ratio):
        return 0.0
    if ratio == 0:
        return -math.inf
    return max(math.log10(ratio), -math.log10(LARGEST)) if usable(ratio) else math.inf


def usable(value: float) -> bool:
    """Whether a plotter can place the number."""
    return math.isfinite(value) and abs(value) <= LARGEST


def spread(knots: Sequence[float], places: int) -> Numbers:
    """As many numbers as there are places, read off evenly along the knots."""
    if not knots or not all(map(usable, knots)) or places < 1:
        return ()
    log = min(knots) > 0
    heights = [math.log(k) for k in knots] if log else list(knots)
    found: list[float] = []
    for i in range(places):
        at = i * (len(knots) - 1) / max(places - 1, 1)
        left = min(int(at), max(len(knots) - 2, 0))
        right = min(left + 1, len(knots) - 1)
        height = heights[left] + (at - left) * (heights[right] - heights[left])
        found.append(math.exp(height) if log else height)
    return tuple(found)


def band(curve: LossCurve, places: int) -> tuple[Numbers, Numbers]:
    """The reference's band at so many places along the epochs; two empty ones if there is none."""
    low, high = spread(curve.low, places), spread(curve.high, places)
    return (low, high) if low and high else ((), ())


def middle(low: float, high: float) -> float:
    """What lies between, in ratio where both are above zero."""
    return math.sqrt(low) * math.sqrt(high) if low > 0 and high > 0 else (low + high) / 2


def epochs(count: int, drawn: int) -> list[float]:
    """The epoch, from 1, of each of the losses that are drawn."""
    return [1 + i * (max(count, drawn) - 1) / max(drawn - 1, 1) for i in range(drawn)]


def is_right(picture: GradientBars | LossCurve) -> bool:
    """Whether what was got is the reference's, so that there is nothing to see."""
    if isinstance(picture, GradientBars):
        return all(map(picture.is_right, range(len(picture.names))))
    if not picture.losses or picture.low != picture.high or len(picture.low) != len(picture.losses):
        return False
    return all(
        abs(a - b) <= SAME * abs(b) for a, b in zip(picture.losses, picture.low, strict=True)
    )


def ratio_words(bars: GradientBars, index: int, utf8: bool) -> str:
    """How a gradient differs from autograd's, in a few words."""
    got, want, cosine = bars.got[index], bars.want[index], bars.cosines[index]
    times, degrees = ("×", "°") if utf8 else (" x", " degrees")
    if not math.isfinite(got):
        return "not finite"
    if not want:
        return "0, and it should be" if not got else f"{number(got)} instead of 0"
    if not got:
        return f"0{times}"
    text = f"{number(got / want)}{times}"
    if math.isnan(cosine):
        return text
    if cosine < SAME - 1:
        return f"-{text}: the other way round"
    turned = math.degrees(math.acos(min(max(cosine, -1.0), 1.0)))
    return text if cosine > 1 - SAME else f"{text}, turned by {turned:.0f}{degrees}"


def number(value: float) -> str:
    """A number in four digits, and no more than nine characters."""
    if math.isnan(value):
        return "NaN"
    return f"{value:.3g}" if abs(value) < 1e-3 or abs(value) >= 1e5 else f"{value:.4g}"
