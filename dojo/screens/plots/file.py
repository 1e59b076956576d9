"""Pictures as PNG or SVG, by matplotlib: `save_figure` writes one file with all of them."""

import logging
import math
import warnings
from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from dojo.pictures import (
    Boundary,
    FittedFunction,
    GradientBars,
    Landscape,
    LossCurve,
    LossSlice,
    Mask,
    Picture,
    RateEffects,
    TwoLosses,
)
from dojo.screens.plots.scales import (
    Scale,
    band,
    bar_lengths,
    borders,
    broken,
    epochs,
    in_order,
    inside,
    is_inside,
    number,
    outputs,
    ratio_words,
    usable,
)
from dojo.screens.text import clean

WIDTH, HEIGHT, DPI = 5.6, 3.4, 110
MOST_LETTERS, MOST_OF_A_NAME = 70, 12
_YOURS, _REFERENCE, _GOAL, _WRONG = "#1b7f4d", "#8a8f98", "#2b6cb0", "#c53030"
_ZERO, _ONE = "#2b6cb0", "#dd7711"
_WAYS = ("#1b7f4d", "#dd7711", "#c53030", "#7b4fb5")
_MARKS = ("#c53030", "#2b6cb0", "#7b4fb5", "#8a8f98")
_SHADES = 8
_MANY = ("#2b6cb0", "#1b7f4d", "#dd7711", "#c53030", "#7b4fb5", "#008b8b", "#8a8f98", "#222222")


def save_figure(pictures: Sequence[Picture], path: Path, heading: str = "") -> None:
    """Write the pictures into one file; its ending, .png or .svg, says the format.

    Args:
        pictures: at least one.
        path: the file; one that exists is replaced.
        heading: a line above all of them.

    Raises:
        OSError: it can't be written.
    """
    # What it says of its caches, of missing glyphs and of odd ranges helps nobody here.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _write(_figure(pictures, heading), path)


def _figure(pictures: Sequence[Picture], heading: str) -> Figure:
    columns = 1 if len(pictures) < 2 else 2
    rows = -(-len(pictures) // columns)
    figure = Figure(figsize=(WIDTH * columns, HEIGHT * rows), dpi=DPI, layout="constrained")
    grid = figure.subplots(rows, columns, squeeze=False)
    places: list[Axes] = list(grid.flat)
    for picture, axes in zip(pictures, places, strict=False):
        _draw(picture, axes)
    for axes in places[len(pictures) :]:
        axes.set_axis_off()
    if heading:
        figure.suptitle(_plain(heading), fontsize=11, fontweight="bold")
    return figure


def _write(figure: Figure, path: Path) -> None:
    # Nothing of the day or the program, so that equal pictures are equal files.
    is_png = path.suffix.lower() == ".png"
    still: dict[str, str | None] = dict.fromkeys(["Software"] if is_png else ["Date", "Creator"])
    figure.savefig(path, metadata=still)


def _draw(picture: Picture, axes: Axes) -> None:
    if isinstance(picture, LossCurve):
        _loss_curve(axes, picture)
    elif isinstance(picture, FittedFunction):
        _fitted_function(axes, picture)
    elif isinstance(picture, Boundary):
        _boundary(axes, picture)
    elif isinstance(picture, GradientBars):
        _gradient_bars(axes, picture)
    elif isinstance(picture, Landscape):
        _landscape(axes, picture)
    elif isinstance(picture, LossSlice):
        _loss_slice(axes, picture)
    elif isinstance(picture, TwoLosses):
        _two_losses(axes, picture)
    elif isinstance(picture, Mask):
        _mask(axes, picture)
    else:
        _rate_effects(axes, picture)
    axes.set_title(_plain(picture.title), fontsize=10)
    axes.tick_params(labelsize=8)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def _loss_curve(axes: Axes, curve: LossCurve) -> None:
    x = epochs(curve.epochs, len(curve.losses))
    low, high = band(curve, len(x))
    if low and low == high:
        _curve(axes, x, low, _REFERENCE, "the reference", width=3.5, alpha=0.6)
    elif low:
        axes.fill_between(
            x, low, high, color=_REFERENCE, alpha=0.3, lw=0, label="the reference's range"
        )
    _curve(axes, x, curve.losses, _YOURS, "your loss")
    if curve.goal is not None:
        words = f"the goal: below {number(curve.goal)}"
        axes.axhline(curve.goal, color=_GOAL, ls="--", lw=1, label=words)
    goal: list[float] = [] if curve.goal is None else [curve.goal]
    _scale_losses(axes, [*curve.losses, *low, *high, *goal])


def _rate_effects(axes: Axes, effects: RateEffects) -> None:
    for i, (rate, losses) in enumerate(zip(effects.rates, effects.curves, strict=False)):
        said = f": {effects.words[i]}" if i < len(effects.words) else ""
        x = epochs(len(losses), len(losses))
        _curve(axes, x, losses, _MANY[i % len(_MANY)], f"{number(rate)}{said}")
    _scale_losses(axes, [v for losses in effects.curves for v in losses])


def _fitted_function(axes: Axes, fit: FittedFunction) -> None:
    for x, y in broken(fit.x, fit.y):
        axes.plot(x, y, "o", color=_ZERO, ms=3, alpha=0.45, label="the points")
    _curve(axes, *in_order(fit.x, fit.y_true), _REFERENCE, "without noise", style="--")
    _curve(axes, *in_order(fit.x, fit.y_pred), _YOURS, "your fit", width=2)
    axes.set_xlabel("x", fontsize=9)
    _legend(axes)


def _boundary(axes: Axes, picture: Boundary) -> None:
    (left, right), (low, high) = picture.xlim, picture.ylim
    sides = [[_side(v, picture.level) for _, _, v in row] for row in outputs(picture, 150, 100)]
    if sides:
        axes.imshow(
            sides,
            origin="lower",
            extent=(left, right, low, high),
            aspect="auto",
            cmap=ListedColormap([_ZERO, _ONE]),
            vmin=0,
            vmax=1,
            alpha=0.3,
            interpolation="nearest",
        )
    for label, colour, marker in ((0, _ZERO, "o"), (1, _ONE, "^")):
        pairs = zip(picture.points, picture.labels, strict=False)
        own = [p for p, its in pairs if its == label and all(map(usable, p))]
        x, y = [p[0] for p in own], [p[1] for p in own]
        name = f"label {label}" if picture.points else None
        axes.plot(x, y, marker, color=colour, ms=5.5, mec="white", mew=0.5, label=name)
    axes.set(xlim=(left, right), ylim=(low, high))
    _legend(axes)


def _landscape(axes: Axes, picture: Landscape) -> None:
    cells = outputs(picture, 120, 90)
    ends = borders((v for row in cells for _, _, v in row), _SHADES)
    if cells and ends[-1] > ends[0]:
        xs, ys = [x for x, _, _ in cells[0]], [row[0][1] for row in cells]
        heights = [
            [v if math.isnan(v) else min(max(v, ends[0]), ends[-1]) for *_, v in row]
            for row in cells
        ]
        shades = BoundaryNorm(ends, 256)  # by their number, not by the loss
        axes.contourf(xs, ys, heights, levels=ends, cmap="Blues", norm=shades, alpha=0.8)
        axes.contour(xs, ys, heights, levels=ends[1:-1], colors="white", linewidths=0.6)
    for i, (way, words) in enumerate(zip(picture.ways, picture.words, strict=False)):
        colour, label = _WAYS[i % len(_WAYS)], words
        for start, end in inside(way, picture.xlim, picture.ylim):
            axes.plot((start[0], end[0]), (start[1], end[1]), color=colour, lw=1.5, label=label)
            label = "_nolegend_"
        spots = [p for p in way if is_inside(p, picture.xlim, picture.ylim)]
        if len(way) != 2 and spots:
            x, y = [p[0] for p in spots], [p[1] for p in spots]
            size = 6 if len(way) == 1 else 3.5
            axes.plot(x, y, "o", color=colour, ms=size, mec="white", mew=0.5, label=label)
    axes.set(xlim=picture.xlim, ylim=picture.ylim)
    axes.set_xlabel(_plain(picture.names[0]), fontsize=9)
    axes.set_ylabel(_plain(picture.names[1]), fontsize=9)
    _legend(axes)


def _loss_slice(axes: Axes, picture: LossSlice) -> None:
    _curve(
        axes,
        *in_order(picture.steps, picture.right),
        _REFERENCE,
        "the right loss",
        width=3.5,
        alpha=0.6,
    )
    _curve(axes, *in_order(picture.steps, picture.losses), _YOURS, "your loss")
    axes.axvline(0, color=_GOAL, ls="--", lw=1, label="where the parameters are")
    axes.set_xlabel("how far along the direction", fontsize=9)
    axes.set_ylabel("loss", fontsize=9)
    _legend(axes)


def _two_losses(axes: Axes, picture: TwoLosses) -> None:
    _curve(axes, range(len(picture.train)), picture.train, _YOURS, "training")
    _curve(axes, range(len(picture.val)), picture.val, _ONE, "validation", style="-.")
    for (at, words), colour in zip(picture.marks, _MARKS, strict=False):
        axes.axvline(at, color=colour, ls="--", lw=1, label=f"{words}: epoch {at}")
    _of_epochs(axes)


def _mask(axes: Axes, picture: Mask) -> None:
    width = max(map(len, picture.rows), default=0)
    if width:
        cells = [[float(v) for v in row] + [math.nan] * (width - len(row)) for row in picture.rows]
        colours = ListedColormap(["#e3e6ea", _YOURS])
        axes.imshow(cells, cmap=colours, vmin=0, vmax=1, aspect="auto", interpolation="nearest")
        share = f"{picture.share:.0%} of all are off"
        axes.set_xlabel(f"a unit each; {share}", fontsize=9)
        axes.set_ylabel("an example each", fontsize=9)
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_locator(MaxNLocator(integer=True))


def _gradient_bars(axes: Axes, bars: GradientBars) -> None:
    lengths, edge = bar_lengths(bars)
    for i, length in enumerate(lengths):
        right = bars.is_right(i)
        colour = _YOURS if right else _WRONG
        axes.barh(i, min(max(length, -edge), edge), color=colour, height=0.4)
        if right:
            axes.plot([0], [i], "D", color=colour, ms=6)
        words = "as it should be" if right else ratio_words(bars, i, utf8=True)
        axes.annotate(
            _plain(words), (1.02, i), xycoords=("axes fraction", "data"), va="center", fontsize=8
        )
    axes.axvline(0, color=_REFERENCE, lw=1)
    axes.set_yticks(range(len(lengths)), [_plain(name[:MOST_OF_A_NAME]) for name in bars.names])
    axes.set(xlim=(-edge * 1.05, edge * 1.05), ylim=(len(lengths) - 0.4, -0.6))
    power = max(1, round(edge / 2)) if edge >= 1 else edge / 2
    places = [k * power for k in (-2, -1, 0, 1, 2) if abs(k * power) <= edge]
    axes.set_xticks(places, [number(10.0**p) for p in places])
    axes.set_xlabel("length, as a multiple of autograd's", fontsize=9)


def _curve(
    axes: Axes,
    x: Sequence[float],
    y: Sequence[float],
    colour: str,
    label: str,
    style: str = "-",
    width: float = 1.5,
    alpha: float = 1.0,
) -> None:
    """A line, except over what can't be placed; its label once."""
    for xs, ys in broken(x, y):
        marker = "." if len(xs) == 1 else None
        axes.plot(xs, ys, style, color=colour, lw=width, marker=marker, alpha=alpha, label=label)
        label = "_nolegend_"


def _scale_losses(axes: Axes, values: Sequence[float]) -> None:
    if Scale.of(values).log:
        axes.set_yscale("log")
    _of_epochs(axes)


def _of_epochs(axes: Axes) -> None:
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel("epoch", fontsize=9)
    axes.set_ylabel("loss", fontsize=9)
    _legend(axes)


def _legend(axes: Axes) -> None:
    handles, labels = axes.get_legend_handles_labels()
    once = dict(zip(labels, handles, strict=True))
    if once:
        axes.legend(once.values(), [_plain(label) for label in once], fontsize=8, framealpha=0.8)


def _side(value: float, level: float) -> float:
    return math.nan if math.isnan(value) else float(value > level)


def _plain(text: str) -> str:
    """Text in which matplotlib finds no formulas, and which leaves room for the picture."""
    return clean(text)[:MOST_LETTERS].replace("$", r"\$")
