"""What pictures are drawn with in the terminal: one plot of plotext's, pens, and a legend.

Knows no picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotext

from dojo.screens.plots.scales import broken
from dojo.screens.text import clean

_FRAME = str.maketrans("─│┌┐└┘├┤┬┴┼", "-|+++++++++")
_CODES = {"red": 31, "green": 32, "orange": 33, "blue": 34, "magenta": 35, "cyan": 36, "gray": 90}
_CURVES = (
    ("green", "*"),
    ("magenta", "+"),
    ("orange", "o"),
    ("red", "x"),
    ("blue", "#"),
    ("cyan", "%"),
    ("green", "@"),
    ("magenta", "&"),
)


@dataclass(frozen=True)
class Pen:
    """A sign and its colour; ``hd`` is plotext's word for quarter blocks."""

    sign: str
    colour: str | None

    @property
    def sample(self) -> str:
        """The sign as a legend shows it."""
        return "━" if self.sign == "hd" else self.sign


@dataclass(frozen=True)
class Pens:
    """What there is to draw with on this terminal."""

    utf8: bool
    colour: bool

    def of(self, fine: str, plain: str, colour: str) -> Pen:
        """A pen with a fine sign, or a plain one where only ASCII can be shown."""
        return Pen(fine if self.utf8 else plain, colour if self.colour else None)

    def curve(self, index: int) -> Pen:
        """Blocks look best, but only colours tell several curves of blocks apart."""
        colour, plain = _CURVES[index % len(_CURVES)]
        return self.of("hd" if self.colour or index == 0 else plain, plain, colour)


class Canvas:
    """One plot of plotext's figure, and its legend."""

    def __init__(self, width: int, height: int, pens: Pens) -> None:
        self.width = width
        self.height = height
        self.pens = pens
        self._legend: list[tuple[Pen | None, str]] = []
        self._figure: Any = plotext.figure
        self._figure.clear()
        plotext.terminal.limit(False, False)
        self._figure.theme("colorless")

    def curve(self, x: Sequence[float], y: Sequence[float], pen: Pen) -> None:
        """Points joined by lines, except over what can't be placed."""
        for part_x, part_y in broken(x, y):
            self._signal(part_x, part_y, pen, line=len(part_x) > 1)

    def points(self, x: Sequence[float], y: Sequence[float], pen: Pen) -> None:
        """Points, each by itself."""
        for part_x, part_y in broken(x, y):
            self._signal(part_x, part_y, pen, line=False)

    def legend(self, pen: Pen | None, words: str) -> None:
        """Say below the plot what a pen has drawn, or something else."""
        self._legend.append((pen, clean(words)))

    def axis(self, name: str, low: float, high: float, at: Sequence[tuple[float, str]]) -> None:
        """The range of an axis ("x" or "y") and the words beside it."""
        if high <= low:
            spare = abs(low) * 0.1 or 1.0
            low, high = low - spare, high + spare
        ruler = self._figure.ruler(name)
        ruler.lim(low, high)
        inside = [(place, words) for place, words in at if low <= place <= high]
        ruler.ticks([place for place, _ in inside], labels=[words for _, words in inside])

    def names(self, x: str, y: str) -> None:
        """What the axes are, told in the legend: labels beside them would cost rows."""
        self.legend(None, f"across: {x}, up: {y}")

    def text(self, title: str) -> str:
        """The finished drawing, below its title and above its legend."""
        self._figure.plot_size(self.width, self.height - 2)
        body = self._figure.build().string(colorless=not self.pens.colour)
        if not self.pens.utf8:
            body = body.translate(_FRAME).encode("ascii", "replace").decode()
        lines = [line.rstrip() for line in body.rstrip("\n").split("\n")]
        return "\n".join([clean(title)[: self.width], *lines, self._below()])

    def _signal(self, x: Sequence[float], y: Sequence[float], pen: Pen, line: bool) -> None:
        marker = plotext.marker(pen.sign, pen.colour)
        self._figure.draw(self._figure.signal(list(x), list(y), marker=marker).lines(line))

    def _below(self) -> str:
        shown, room = "", self.width
        for pen, words in self._legend:
            gap = "   " if shown else ""
            sample = "" if pen is None else f"{pen.sample} "
            room -= len(gap) + len(sample) + len(words)
            if room < 0:
                break
            shown += gap + (coloured(sample, pen) if pen is not None else sample) + words
        return shown


def coloured(text: str, pen: Pen) -> str:
    """Text in a pen's colour, where there are colours."""
    code = _CODES.get(pen.colour or "")
    return f"\x1b[{code}m{text}\x1b[0m" if code else text
