"""What lies behind a learner: the mistakes that held them up, and their own ways out."""

import difflib
from collections.abc import Callable, Sequence

from rich.text import Text

from dojo.desk.lookback import Lookback, Met, Stay
from dojo.screens.terminal import Terminal
from dojo.screens.text import clean, count

MOST_MET = 5
_MOST_TRIES = 3
_MOST_LINES = 6  # of a way out; a longer one shows how the file was rewritten, not what was wrong

Version = Callable[[str], bytes | None]


def lookback(
    terminal: Terminal, title: str, back: Lookback, version: Version, rest: str = ""
) -> None:
    """What held a learner up.

    Args:
        terminal: where.
        title: what is looked back on.
        back: what is told of it.
        version: the judged file of a digest, if it is still there.
        rest: the command that shows all mistakes; without one all are shown.
    """
    terminal.line((title, "bold"))
    terminal.blank()
    if not back.tried:
        terminal.prose("You haven't checked any of its katas yet, so there is nothing to see.")
        return
    if not back.met:
        terminal.prose("No known mistake of your own was found in your attempts.")
    shown = back.met[:MOST_MET] if rest else back.met
    for number, met in enumerate(shown, start=1):
        _met(terminal, number, met, version)
    left = len(back.met) - len(shown)
    if left:
        terminal.line((f"{count(left, 'more mistake')}: {rest}", "dim"), indent=2)
        terminal.blank()
    if back.tries:
        most = ", ".join(f"{k.id} ({n})" for k, n in back.tries[:_MOST_TRIES])
        terminal.prose(f"Katas that took you most attempts: {most}.")


def _met(terminal: Terminal, number: int, met: Met, version: Version) -> None:
    terminal.line((f"{number}", "bold"), (f"  in {count(met.checks, 'attempt')}", "dim"), indent=2)
    terminal.prose(met.says, indent=5)
    for stay in met.stays:
        lines = _way_out(stay, version)
        terminal.line((f"{stay.kata.id}  {stay.kata.title}: {_ended(stay, lines)}", ""), indent=5)
        for line in lines:
            style = "red" if line.startswith("-") else "green"
            terminal.whole(Text(clean(line), style), indent=8)
    terminal.blank()


def _ended(stay: Stay, lines: Sequence[str]) -> str:
    if stay.after is None:
        return "still in your last attempt"
    if lines:
        return "gone when you changed"
    return f"gone; kata history {stay.kata.id} has the files"


def _way_out(stay: Stay, version: Version) -> list[str]:
    """The lines by which two files differ, or none where they are many, or a file is lost."""
    before = version(stay.before)
    after = version(stay.after) if stay.after is not None else None
    if before is None or after is None:
        return []
    changed = difflib.unified_diff(_lines(before), _lines(after), n=0, lineterm="")
    found = [f"{x[0]} {x[1:].strip()}" for x in changed if _tells(x)]
    return found if len(found) <= _MOST_LINES else []


def _lines(source: bytes) -> list[str]:
    return source.decode("utf-8-sig", "replace").splitlines()


def _tells(line: str) -> bool:
    return line[0] in "+-" and not line.startswith(("+++", "---")) and bool(line[1:].strip())
