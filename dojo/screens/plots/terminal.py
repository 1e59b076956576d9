"""Pictures drawn in the terminal, by plotext: `draw_text` gives the text of any picture.

plotext holds one figure for the whole program, so one picture is drawn at a time.
"""

import math
import threading
from collections.abc import Sequence

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
from dojo.screens.plots.canvas import Canvas, Pen, Pens
from dojo.screens.plots.mask import mask_text
from dojo.screens.plots.scales import (
    Scale,
    band,
    bar_lengths,
    borders,
    epochs,
    in_order,
    inside,
    is_inside,
    number,
    outputs,
    ratio_words,
    ticks,
    usable,
)
from dojo.screens.text import clean

LEAST_WIDTH, LEAST_HEIGHT = 30, 8
_LOCK = threading.Lock()
# Of a landscape, from its lowest shade to its highest, and of the ways through it.
_SHADES = (
    (" ", " ", "gray"),
    ("░", ".", "cyan"),
    ("▒", ":", "blue"),
    ("▓", "=", "magenta"),
)
_MARKS = (("◆", "x", "red"), ("○", "o", "blue"), ("●", "*", "orange"), ("◇", "%", "cyan"))
_WAYS = (("●", "*", "green"), ("○", "o", "orange"), ("◆", "x", "red"), ("◇", "%", "blue"))


def draw_text(picture: Picture, width: int, height: int, utf8: bool, colour: bool) -> str:
    """A picture as lines of text, with colour codes if they are wanted.

    Args:
        picture: what to draw.
        width, height: the room for it, title and legend included; never less than 30 by 8.
        utf8: whether more than ASCII can be shown.
        colour: whether colours can be shown; without them, signs tell curves apart.

    Returns:
        At most ``height`` lines, none longer than ``width``.
    """
    width, height = max(width, LEAST_WIDTH), max(height, LEAST_HEIGHT)
    if isinstance(picture, Mask):
        return mask_text(picture, width, height, Pens(utf8, colour))
    with _LOCK:
        canvas = Canvas(width, height, Pens(utf8, colour))
        if isinstance(picture, LossCurve):
            _loss_curve(canvas, picture)
        elif isinstance(picture, FittedFunction):
            _fitted_function(canvas, picture)
        elif isinstance(picture, Boundary):
            _boundary(canvas, picture)
        elif isinstance(picture, GradientBars):
            _gradient_bars(canvas, picture)
        elif isinstance(picture, Landscape):
            _landscape(canvas, picture)
        elif isinstance(picture, LossSlice):
            _loss_slice(canvas, picture)
        elif isinstance(picture, TwoLosses):
            _two_losses(canvas, picture)
        else:
            _rate_effects(canvas, picture)
        return canvas.text(picture.title)


def _loss_curve(canvas: Canvas, curve: LossCurve) -> None:
    x = epochs(curve.epochs, len(curve.losses))
    low, high = band(curve, len(x))
    goal: list[float] = [] if curve.goal is None else [curve.goal]
    scale = Scale.of([*curve.losses, *low, *high, *goal])
    yours, right = canvas.pens.curve(0), canvas.pens.of("·", ".", "gray")
    aim = canvas.pens.of("╌", "-", "cyan")
    if goal:
        canvas.curve([x[0], x[-1]] if x else [], scale.places(goal * 2), aim)
    for edge in dict.fromkeys((low, high)):
        canvas.curve(x, scale.places(edge), right)
    canvas.curve(x, scale.places(curve.losses), yours)
    canvas.legend(yours, "your loss")
    if low:
        canvas.legend(right, "the reference" if low == high else "the reference's range")
    if goal:
        canvas.legend(aim, f"the goal: below {number(goal[0])}")
    _tell_unusable(canvas, "your loss", x, curve.losses)
    _epochs_and_losses(canvas, x, scale)


def _rate_effects(canvas: Canvas, effects: RateEffects) -> None:
    scale = Scale.of([v for losses in effects.curves for v in losses])
    longest: list[float] = []
    for i, (rate, losses) in enumerate(zip(effects.rates, effects.curves, strict=False)):
        x = epochs(len(losses), len(losses))
        longest = max(longest, x, key=len)
        pen = canvas.pens.curve(i)
        canvas.curve(x, scale.places(losses), pen)
        said = f": {effects.words[i]}" if i < len(effects.words) else ""
        canvas.legend(pen, f"{number(rate)}{said}")
    _epochs_and_losses(canvas, longest, scale)


def _fitted_function(canvas: Canvas, fit: FittedFunction) -> None:
    x_scale = Scale.of(fit.x, log=False)
    y_scale = Scale.of([*fit.y, *fit.y_pred, *fit.y_true], log=False)
    kinds = (
        (fit.y, canvas.pens.of("•", "o", "blue"), "the points", canvas.points),
        (fit.y_true, canvas.pens.of("·", ".", "gray"), "without noise", canvas.curve),
        (fit.y_pred, canvas.pens.curve(0), "your fit", canvas.curve),
    )
    for values, pen, words, draw in kinds:
        if values:
            draw(*in_order(fit.x, values), pen)
            canvas.legend(pen, words)
    canvas.axis("x", x_scale.low, x_scale.high, ticks(x_scale))
    canvas.axis("y", y_scale.low, y_scale.high, ticks(y_scale))
    _tell_unusable(canvas, "your fit", fit.x, fit.y_pred)


def _boundary(canvas: Canvas, picture: Boundary) -> None:
    pens = canvas.pens
    region, unknown = pens.of("░", ":", "orange"), pens.of("?", "?", "red")
    classes = pens.of("○", "o", "blue"), pens.of("●", "x", "orange")
    (left, right), (low, high) = picture.xlim, picture.ylim
    # As many places as the plot has characters, or more: none stays empty.
    cells = [cell for row in outputs(picture, canvas.width, canvas.height) for cell in row]
    above = [(x, y) for x, y, v in cells if v > picture.level]
    odd = [(x, y) for x, y, v in cells if math.isnan(v)]
    for places, pen in ((above, region), (odd, unknown)):
        canvas.points([x for x, _ in places], [y for _, y in places], pen)
    for label, pen in enumerate(classes):
        pairs = zip(picture.points, picture.labels, strict=False)
        own = [point for point, its in pairs if its == label]
        canvas.points([x for x, _ in own], [y for _, y in own], pen)
        if picture.points:
            canvas.legend(pen, f"label {label}")
    canvas.legend(region, "where your model says 1")
    if odd:
        canvas.legend(unknown, "NaN")
    x_scale, y_scale = Scale(left, right, False), Scale(low, high, False)
    canvas.axis("x", left, right, ticks(x_scale))
    canvas.axis("y", low, high, ticks(y_scale))


def _landscape(canvas: Canvas, picture: Landscape) -> None:
    pens, xlim, ylim = canvas.pens, picture.xlim, picture.ylim
    cells = [cell for row in outputs(picture, canvas.width, canvas.height) for cell in row]
    ends = borders((v for _, _, v in cells), len(_SHADES))
    for i, shade in enumerate(_SHADES):
        upper = math.inf if i == len(_SHADES) - 1 else ends[i + 1]
        lower = -math.inf if i == 0 else ends[i]
        own = [(x, y) for x, y, v in cells if lower < v <= upper]
        canvas.points([x for x, _ in own], [y for _, y in own], pens.of(*shade))
    odd = [(x, y) for x, y, v in cells if math.isnan(v)]
    unknown = pens.of("?", "?", "red")
    canvas.points([x for x, _ in odd], [y for _, y in odd], unknown)
    for i, (way, words) in enumerate(zip(picture.ways, picture.words, strict=False)):
        pen = pens.of(*_WAYS[i % len(_WAYS)])
        thin = Pen("•" if pens.utf8 and len(way) > 2 else pen.sign, pen.colour)
        for start, end in inside(way, xlim, ylim):
            canvas.curve([start[0], end[0]], [start[1], end[1]], thin)
        spots = [place for place in way if is_inside(place, xlim, ylim)]
        if len(way) != 2:
            canvas.points([x for x, _ in spots], [y for _, y in spots], pen)
        canvas.legend(pen, words)
    if odd:
        canvas.legend(unknown, "NaN")
    canvas.legend(pens.of(*_SHADES[-1]), "high")
    for name, (low, high) in zip("xy", (xlim, ylim), strict=True):
        canvas.axis(name, low, high, ticks(Scale(low, high, False)))
    canvas.names(*picture.names)


def _loss_slice(canvas: Canvas, picture: LossSlice) -> None:
    scale = Scale.of([*picture.losses, *picture.right], log=False)
    x_scale = Scale.of(picture.steps, log=False)
    kinds = (
        (picture.right, canvas.pens.of("·", ".", "gray"), "the right loss"),
        (picture.losses, canvas.pens.curve(0), "your loss"),
    )
    for values, pen, words in kinds:
        if values:
            canvas.curve(*in_order(picture.steps, values), pen)
            canvas.legend(pen, words)
    canvas.axis("x", x_scale.low, x_scale.high, ticks(x_scale))
    canvas.axis("y", scale.low, scale.high, ticks(scale))
    canvas.legend(None, "at 0: where the parameters are")
    _tell_unusable(canvas, "your loss", picture.steps, picture.losses)


def _two_losses(canvas: Canvas, picture: TwoLosses) -> None:
    scale = Scale.of([*picture.train, *picture.val], log=False)
    val = scale.places(picture.val)
    last = max(len(picture.train), len(val), 1) - 1
    kinds = ((scale.places(picture.train), 0, "training"), (val, 1, "validation"))
    for values, number_of_pen, words in kinds:
        if values:
            pen = canvas.pens.curve(number_of_pen)
            canvas.curve([float(at) for at in range(len(values))], values, pen)
            canvas.legend(pen, words)
    for (at, words), sign in zip(picture.marks, _MARKS, strict=False):
        pen = canvas.pens.of(*sign)
        canvas.points([float(at)], val[at : at + 1], pen)
        canvas.legend(pen, f"{words}: epoch {at}")
    _tell_unusable(canvas, "the validation loss", range(len(val)), picture.val)
    steps = [(float(at), words) for at, words in ticks(Scale(0, last, False)) if at == round(at)]
    canvas.axis("x", 0, last, steps)
    canvas.axis("y", scale.low, scale.high, ticks(scale))


def _gradient_bars(canvas: Canvas, bars: GradientBars) -> None:
    lengths, edge = bar_lengths(bars)
    right, wrong = canvas.pens.of("█", "#", "green"), canvas.pens.of("█", "#", "red")
    middle = canvas.pens.of("│", "|", "gray")
    rows = [float(len(lengths) - i) for i in range(len(lengths))]
    words: list[tuple[float, str]] = []
    for i, (row, length) in enumerate(zip(rows, lengths, strict=True)):
        pen = right if bars.is_right(i) else wrong
        canvas.curve([0.0, min(max(length, -edge), edge)], [row, row], pen)
        words.append(
            (row, f"{clean(bars.names[i])[:12]}  {ratio_words(bars, i, canvas.pens.utf8)}")
        )
    canvas.curve([0.0, 0.0], [0.4, len(rows) + 0.6], middle)
    exact = [row for i, row in enumerate(rows) if bars.is_right(i)]
    canvas.points([0.0] * len(exact), exact, canvas.pens.of("◆", "o", "green"))
    power = max(1, round(edge / 2)) if edge >= 1 else edge / 2
    places = [k * power for k in (-2, -1, 0, 1, 2)]
    canvas.axis("x", -edge, edge, [(p, number(10**p)) for p in places])
    canvas.axis("y", 0.4, len(rows) + 0.6, words)
    canvas.legend(None, "1: just as long as autograd's; to the right: too long")


def _epochs_and_losses(canvas: Canvas, x: Sequence[float], scale: Scale) -> None:
    first, last = (x[0], x[-1]) if x else (1.0, 1.0)
    steps = [at for at, _ in ticks(Scale(first, last, False)) if at >= 2 and at == round(at)]
    canvas.axis("x", first, last, [(float(s), str(round(s))) for s in (1, *steps)])
    canvas.axis("y", scale.low, scale.high, ticks(scale))


def _tell_unusable(canvas: Canvas, what: str, x: Sequence[float], y: Sequence[float]) -> None:
    bad = [at for at, v in zip(x, y, strict=False) if not usable(v)]
    if bad:
        where = f"from {number(bad[0])} on" if len(bad) > 1 else f"at {number(bad[0])}"
        canvas.legend(None, f"{what} is no number, or a huge one, {where}")
