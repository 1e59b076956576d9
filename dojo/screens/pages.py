"""Texts to read: lessons, briefs, hints, solutions and how they differ from your own file."""

import difflib
import itertools
from collections.abc import Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from dojo.course.catalog import Kata
from dojo.course.rows import outline
from dojo.desk.progress import Attempt
from dojo.screens.course import checked, first_failed
from dojo.screens.terminal import Terminal
from dojo.screens.text import clean, count

MOST_COMPARED = 5000  # lines; the time to compare grows with their square


def lesson(terminal: Terminal, text: str) -> None:
    """A lesson's Markdown, drawn for people, as it is for files and pipes."""
    if not terminal.console.is_terminal:
        terminal.console.out(text.rstrip("\n"), highlight=False)
    else:
        from rich.markdown import Markdown  # slow to import, and `kata hint` has no use for it
        from rich.theme import Theme

        # Without backgrounds and boxes, so that it is readable on light terminals, too.
        theme = Theme(dict.fromkeys(("markdown.code", "markdown.h1", "markdown.h2"), "bold cyan"))
        with terminal.console.use_theme(theme):
            terminal.show(Markdown(text, code_theme="ansi_light", hyperlinks=False))
    terminal.blank()


def brief(terminal: Terminal, kata: Kata, path: Text, hints_seen: int) -> None:
    """What one kata asks, where to write it, what is checked, and the hints seen so far."""
    terminal.line((f"{kata.id}  {kata.title}", "bold"), (f"  about {kata.minutes} min", "dim"))
    terminal.prose(kata.brief)
    terminal.blank()
    rows: list[tuple[str, RenderableType]] = [("edit", path), *checked(kata)]
    terminal.fields(rows)
    if hints_seen:
        terminal.blank()
        hints(terminal, kata, hints_seen)
    terminal.blank()


def hints(terminal: Terminal, kata: Kata, level: int) -> None:
    """The hints up to ``level``; the last of them stands out."""
    total = len(kata.hints)
    for number, text in enumerate(kata.hints[:level], start=1):
        newest = number == level
        terminal.line((f"hint {number} of {total}", "bold" if newest else "dim"), indent=2)
        terminal.prose(text, indent=4, style="" if newest else "dim")


def solution(terminal: Terminal, text: str) -> None:
    """A file of Python, in colour where there is any."""
    if not terminal.console.is_terminal:
        terminal.console.out(text.rstrip("\n"), highlight=False)
        return
    from rich.syntax import Syntax

    code = Syntax("", "python", theme="ansi_dark").highlight(text.rstrip("\n"))
    code.rstrip()
    terminal.console.print(code, soft_wrap=True)  # the terminal wraps: what is copied stays whole


def difference(terminal: Terminal, yours: str, theirs: str) -> None:
    """Where your file and the solution differ, passage by passage."""
    mine, other = clean(yours).splitlines(), clean(theirs).splitlines()
    if mine == other:
        terminal.prose("Your file and the solution are the same, line for line.", indent=0)
        return
    if len(mine) > MOST_COMPARED:
        terminal.prose(f"Your file has {len(mine)} lines: too many to compare.", indent=0)
        return
    terminal.line(("- yours", "red"), "   ", ("+ the solution", "green"))
    styles = {"-": "red", "+": "green", "@": "dim", " ": "dim"}
    lines = difflib.unified_diff(mine, other, n=2, lineterm="")
    for line in itertools.islice(lines, 2, None):
        if line.startswith("@@"):
            terminal.blank()
            continue
        text = Text(f"{line[0]} {line[1:]}".rstrip(), styles[line[0]])
        terminal.console.print(text, soft_wrap=True)


def history(
    terminal: Terminal,
    kata: Kata,
    attempts: Sequence[tuple[int, Attempt]],
    present: str | None,
) -> None:
    """Attempts with their numbers, newest last; ``present`` is the digest of the file now."""
    terminal.line((f"{kata.id}  {kata.title}", "bold"))
    rows = outline(kata)
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right", style="bold", no_wrap=True)
    for _ in range(2):
        table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    older = attempts[0][0] - 1
    if older:
        terminal.line((f"{count(older, 'older one')} not shown", "dim"), indent=2)
    signs = terminal.signs
    marks = {
        "pass": (signs.passed, "green"),
        "fail": (signs.failed, "red"),
        "not judged": (signs.broken, "yellow"),
    }
    for number, attempt in attempts:
        what = "passed" if attempt.status == "pass" else attempt.status
        if attempt.status == "fail":
            what = "the untouched stub" if attempt.untouched else first_failed(rows, attempt)
        when = attempt.time.astimezone().strftime("%Y-%m-%d %H:%M")
        now = ("  = your file now", "dim") if attempt.digest == present else ""
        mark = Text(*marks[attempt.status])
        table.add_row(str(number), when, mark, Text.assemble(what or "failed", now))
    terminal.show(table, indent=2)
