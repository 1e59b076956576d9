"""The bar while files are judged: its numbers and its time fit into a usual terminal."""

import io
from types import SimpleNamespace
from typing import Any, cast

import pytest
from rich.console import Console

from dojo.grade import shown
from dojo.grade.run import Tally


def drawn(width: int) -> str:
    """The last line that is drawn after 10 of 18,000 files took ten seconds."""
    out, now = io.StringIO(), [0.0]
    console = Console(
        file=out, width=width, force_terminal=True, color_system=None, legacy_windows=False
    )
    terminal: Any = SimpleNamespace(moves=True, console=console)
    with shown.bar(terminal, clock=lambda: now[0]) as bar:
        for i in range(11):
            now[0] = float(i)
            bar(Tally(30_000, 12_000 + i, 12_000, 4_000 + i))
        progress = cast("Any", bar)._progress
        progress.refresh()
        text = out.getvalue()
    return text.replace("\r", "\n").replace("\x1b[2K", "").strip().splitlines()[-1]


@pytest.mark.parametrize("width", [80, 120, 70])
def test_numbers_and_time_are_seen_whole(width: int) -> None:
    line = drawn(width)
    assert "12010 of 30000, 12000 known, 4010 not passed, 17990 left" in line
    assert "40%" in line
    assert "4:59:50" in line  # a file a second
    assert len(line) <= width


def test_in_a_narrow_terminal_the_time_is_seen() -> None:
    line = drawn(40)
    assert "4:59:50" in line
    assert "12010 of 30000" in line


def test_where_nobody_watches_nothing_is_drawn() -> None:
    out = io.StringIO()
    terminal: Any = SimpleNamespace(moves=False, console=Console(file=out))
    with shown.bar(terminal) as bar:
        bar(Tally(3, 1, 1, 0))
    assert (out.getvalue(), bar.tally.done) == ("", 1)
