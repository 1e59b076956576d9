"""A room's moments, numbers and states in words, for the templates. Knows no HTML but `prose`."""

import re

from markupsafe import Markup, escape

from dojo.room.views import Cell, CellState, Reason
from dojo.screens.text import clean, count

MOST_TEXT = 600  # characters of a text that somebody else wrote
_CODE = re.compile(r"`([^`]+)`")

SIGNS: dict[CellState, str] = {"passed": "✓", "trying": "", "stuck": "▲", "not begun": "·"}
"""The sign of each state; one that is trying shows its checks alone."""

REASONS: dict[Reason, str] = {
    "hand": "Hand up",
    "same mistake": "Same mistake again",
    "no progress": "No progress",
    "not begun": "Not begun",
    "no hints left": "Hints used up",
}


def text(words: str) -> str:
    """One line of a text that somebody else wrote: nothing hidden in it, and bounded."""
    line = " ".join(clean(words[: 4 * MOST_TEXT]).split())
    return line if len(line) <= MOST_TEXT else line[: MOST_TEXT - 1] + "…"


def code(words: str) -> str:
    """Some lines of code that somebody else wrote."""
    return clean(words[: 4 * MOST_TEXT]).strip("\n")


def prose(words: str) -> Markup:
    """A sentence of a card: what stands in backticks is code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(clean(words)))))


def lasting(seconds: float) -> str:
    """How long something has lasted: ``just now``, ``8 min``, ``1 h 5 min``."""
    minutes = int(seconds // 60)
    if minutes < 1:
        return "just now"
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def left(seconds: float) -> str:
    """How much of a timer is left: ``7 min left``, ``less than a minute left``, ``over``."""
    if seconds <= 0:
        return "over"
    return f"{lasting(seconds)} left" if seconds >= 60 else "less than a minute left"


def number(value: float) -> str:
    """A median for people: ``3``, ``3.5``, ``12``."""
    return f"{value:.0f}" if value >= 10 or value == int(value) else f"{value:.1f}"


def times(n: int) -> str:
    """``once``, ``twice``, ``3 times``."""
    return {1: "once", 2: "twice"}.get(n, f"{n} times")


def people(n: int) -> str:
    """``1 person``, ``3 people``."""
    return "1 person" if n == 1 else f"{n} people"


def standing(cell: Cell) -> str:
    """A cell in words, for who can't see its sign."""
    if cell.state in ("passed", "not begun") or not cell.checks:
        return cell.state
    return f"{cell.state}, {cell.passed} of {count(cell.checks, 'check')} pass"


def filled(cell: Cell) -> int:
    """How far a kata is, in eighths; all of them only when every check passes."""
    return 8 * cell.passed // cell.checks if cell.checks else 0
