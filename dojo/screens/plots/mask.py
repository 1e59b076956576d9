"""A table of what is on and off, in the terminal: no plot, so that all cells stand evenly."""

import math

from dojo.pictures import Mask
from dojo.screens.plots.canvas import Pen, Pens, coloured
from dojo.screens.text import clean


def mask_text(picture: Mask, width: int, height: int, pens: Pens) -> str:
    """A mask as at most ``height`` lines, none longer than ``width``; what is too much is cut."""
    on, off = pens.of("■", "#", "green"), pens.of("·", ".", "gray")
    gap = " " if 2 * max(map(len, picture.rows), default=0) <= width else ""
    most = (width + len(gap)) // (1 + len(gap))
    rows = [
        gap.join(_sign(on if cell else off) for cell in row[:most])
        for row in picture.rows[: height - 2]
    ]
    share = "" if math.isnan(picture.share) else f": {picture.share:.0%}"
    words = f"{_sign(on)} on   {_sign(off)} off{share}"
    across = "   a row for each example, a column for each unit"
    plain = len(f"■ on   · off{share}")
    below = words + (across if plain + len(across) <= width else "")
    return "\n".join([clean(picture.title)[:width], *rows, below])


def _sign(pen: Pen) -> str:
    return coloured(pen.sign, pen)
