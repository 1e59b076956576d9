"""Tables of marks: what works on this machine (`kata doctor`), and the proof of suites."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rich.table import Table
from rich.text import Text

from dojo.screens.terminal import Terminal, coded
from dojo.screens.text import clean

Level = Literal["works", "weak", "missing", "note"]


@dataclass(frozen=True)
class Point:
    """One thing that `kata doctor` looked at.

    Attributes:
        name: what it is.
        level: works; weak (judging goes on without it); missing (judging can't); or a note.
        text: what was found, and what to do about it.
    """

    name: str
    level: Level
    text: str


def points(terminal: Terminal, found: Sequence[Point]) -> None:
    """A row for each point."""
    signs = terminal.signs
    marks = {
        "works": (signs.passed, "green"),
        "weak": (signs.broken, "yellow"),
        "missing": (signs.failed, "bold red"),
        "note": (signs.waiting, "dim"),
    }
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column()
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for point in found:
        table.add_row(Text(*marks[point.level]), point.name, coded(clean(point.text)))
    terminal.show(table, indent=2)


def proof_row(
    terminal: Terminal, name: str, counts: str, seconds: float, problems: Sequence[str]
) -> None:
    """One kata of `kata dev check`, with its problems beneath."""
    signs = terminal.signs
    mark = (signs.failed, "bold red") if problems else (signs.passed, "green")
    terminal.line(mark, f" {name:<36} ", (f"{counts}  {seconds:.1f} s", "dim"), indent=2)
    for problem in problems:
        terminal.prose(problem, indent=6)
