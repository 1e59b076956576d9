"""Pictures of a few lines, which a failed check shows by itself: a sparkline, a bar each.

Needs no plotter, so that a verdict is on screen at once.
"""

import math
from collections.abc import Sequence
from itertools import groupby

from rich.text import Text

from dojo.numbers import Numbers
from dojo.pictures import GradientBars, LossCurve, Picture
from dojo.screens.plots.scales import (
    Scale,
    band,
    bar_lengths,
    is_right,
    middle,
    number,
    ratio_words,
    usable,
)
from dojo.screens.text import clean

_LEVELS = "▁▂▃▄▅▆▇█"
_PLAIN_LEVELS = "_.-:=+*#"
MOST_BARS = 6
LEAST_EPOCHS = 3
_LABEL = 11
_NAME = 12
_HALF = 14  # columns of a bar on each side
_FIGURES = 22
_TOLERANCE = 0.01  # what can't be seen in a sparkline is no difference


def small_picture(picture: Picture, width: int, utf8: bool) -> list[Text]:
    """The lines of a small picture; none where there is nothing to see, or no small form.

    Args:
        picture: what to draw.
        width: columns that there are.
        utf8: whether block characters can be shown.
    """
    if not isinstance(picture, (LossCurve, GradientBars)) or is_right(picture):
        return []
    if isinstance(picture, GradientBars):
        lines = _bars(picture, utf8)
    elif len(picture.losses) < LEAST_EPOCHS:
        return []
    else:
        lines = _sparklines(picture, width, utf8)
    for line in lines:
        line.no_wrap = True
        line.truncate(width, overflow="ellipsis" if utf8 else "crop")
    return lines


def _sparklines(curve: LossCurve, width: int, utf8: bool) -> list[Text]:
    places = max(min(len(curve.losses), width - _LABEL - _FIGURES, 60), 1)
    yours = _columns(curve.losses, places)
    low, high = band(curve, places)
    right = tuple(map(middle, low, high))
    scale = Scale.of([*yours, *right])
    styles = [_style(v, *ends) for v, *ends in zip(yours, low, high, strict=True)] if low else []
    lines = [_sparkline("your loss", yours, curve.losses, styles, scale, utf8)]
    if right:
        lines.append(_sparkline("reference", right, right, ["dim"] * places, scale, utf8))
    notes = [f"epoch 1 to {curve.epochs or len(curve.losses)}"]
    if scale.log:
        notes.append("log scale")
    if curve.goal is not None:
        notes.append(f"goal below {number(curve.goal)}")
    if any(map(math.isnan, yours)):
        notes.append("!: not finite")
    return [*lines, Text(" " * _LABEL + ", ".join(notes), "dim")]


def _sparkline(
    label: str, values: Numbers, told: Numbers, styles: Sequence[str], scale: Scale, utf8: bool
) -> Text:
    levels = _LEVELS if utf8 else _PLAIN_LEVELS
    line = Text.assemble((f"{label:<{_LABEL}}", "dim"))
    signs = [
        levels[round(scale.share(v) * (len(levels) - 1))] if usable(v) else "!" for v in values
    ]
    pairs = zip(signs, styles or ["cyan"] * len(signs), strict=True)
    for style, part in groupby(pairs, lambda pair: pair[1]):
        line.append("".join(sign for sign, _ in part), style)
    arrow = "→" if utf8 else "->"
    return line.append(f"  {number(told[0])} {arrow} {number(told[-1])}")


def _columns(values: Numbers, places: int) -> Numbers:
    """One number a column: the mean of its epochs, NaN if one of them can't be drawn."""
    found: list[float] = []
    for i in range(places):
        part = values[i * len(values) // places : (i + 1) * len(values) // places]
        fine = all(map(usable, part))
        found.append(math.fsum(part) / len(part) if fine else math.nan)
    return tuple(found)


def _style(value: float, low: float, high: float) -> str:
    within = low - _TOLERANCE * abs(low) <= value <= high + _TOLERANCE * abs(high)
    return "green" if within else "red"


def _bars(bars: GradientBars, utf8: bool) -> list[Text]:
    count = min(len(bars.names), MOST_BARS)
    lengths, edge = bar_lengths(bars)
    rule = "│" if utf8 else "|"
    names = [clean(name)[:_NAME] for name in bars.names[:count]]
    widest = max(map(len, names), default=0)
    lines = [Text(f"{clean(bars.title)} (at {rule}: just as long)", "dim")]
    for i in range(count):
        style = "green" if bars.is_right(i) else "red"
        line = Text.assemble((f"{names[i]:<{widest}} ", "bold" if style == "red" else ""))
        line.append(_bar(lengths[i], edge, utf8), style)
        lines.append(line.append(f" {ratio_words(bars, i, utf8)}"))
    if len(bars.names) > count:
        lines.append(Text(f"and {len(bars.names) - count} more", "dim"))
    return lines


def _bar(length: float, edge: float, utf8: bool) -> str:
    """A bar to the left of the middle for too small, to the right for too large."""
    full, rule = ("█", "│") if utf8 else ("#", "|")
    cells = _HALF if math.isinf(length) else math.ceil(abs(length) / edge * _HALF - 1e-3)
    side = full * min(max(cells, 0), _HALF)
    left, right = (side, "") if length < 0 else ("", side)
    return f"{left:>{_HALF}}{rule}{right:<{_HALF}}"
