"""Tables of marks: what works on this machine (`kata doctor`), and the proof of suites."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rich.table import Table
from rich.text import Text

from dojo.screens.terminal import Terminal, coded
from dojo.screens.text import clean, count

if TYPE_CHECKING:
    from dojo.authors.measure import Worst
    from dojo.authors.mutate import Mutation
    from dojo.authors.proof import Counts, Honesty
    from dojo.authors.trial import FirstFinding

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
    table.add_column(no_wrap=True)
    if not terminal.narrow:
        table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for point in found:
        mark, text = Text(*marks[point.level]), coded(clean(point.text))
        if terminal.narrow:
            table.add_row(mark, Text(f"{point.name}: ", "bold").append_text(text))
        else:
            table.add_row(mark, point.name, text)
    terminal.show(table, indent=2)


def proof_row(terminal: Terminal, honesty: "Honesty", name: str) -> None:
    """One kata of `kata dev check`, with its problems beneath, and what is worth a look."""
    signs = terminal.signs
    mark = (signs.passed, "green")
    if honesty.problems:
        mark = (signs.broken, "bold yellow") if honesty.broken else (signs.failed, "bold red")
    words = "broken" if honesty.broken else proof_counts(honesty.counts)
    seconds = f"{honesty.seconds:.1f} s"
    if honesty.suite_seconds:
        seconds += f", {honesty.suite_seconds:.2f} s a judgement"
    terminal.line(mark, f" {name:<36} ", (seconds, "dim"), indent=2)
    terminal.prose(words, indent=6, style="dim")
    for problem in honesty.problems:
        terminal.prose(problem, indent=6)
    for note in honesty.notes:
        terminal.prose(note, indent=6, style="dim")


def proof_counts(counts: "Counts") -> str:
    """``5 right on 4 seeds; 25 wrong: 21 mistakes on 1 seed, the stub, an empty file, …``."""
    mistakes = f"{count(counts.mistakes, 'mistake')} on {count(counts.mistake_seeds, 'seed')}"
    if not counts.right:
        return mistakes
    right = f"{counts.right} right on {count(counts.seeds, 'seed')}"
    wrong = counts.mistakes + counts.combinations + len(counts.empty)
    several = (f"{counts.combinations} times several together",) if counts.combinations else ()
    return f"{right}; {wrong} wrong: {', '.join((mistakes, *several, *counts.empty))}"


def mutation_row(terminal: Terminal, found: "Mutation", toml: bool) -> None:
    """One kata of `kata dev mutate`: counts, and what the suite accepts without a reason.

    Args:
        toml: show survivors as tables, as they are kept.
    """
    signs = terminal.signs
    good = not found.survivors and not found.stale
    mark = (signs.passed, "green") if good else (signs.failed, "bold red")
    counts = (
        f"{count(found.made, 'change')}, {found.caught} caught, {found.explained} explained, "
        f"{len(found.survivors)} to explain"
    )
    terminal.line(mark, f" {found.kata.id:<6} {found.kata.slug}", indent=2)
    terminal.prose(counts, indent=6, style="dim")
    for accepted in found.survivors:
        if toml and accepted.trouble is None:
            terminal.whole(Text(accepted.toml))
            continue
        change = accepted.change
        terminal.line((f"line {change.line}, {change.operator}", "bold"), indent=6)
        for sign, text, style in (("-", change.old, "red"), ("+", change.new, "green")):
            for line in text.splitlines():
                terminal.whole(Text(f"{sign} {line}", style), indent=6)
        if accepted.trouble is not None:
            terminal.prose(f"it is not judged: {accepted.trouble}", indent=6)
    for survivor in found.stale:
        what = " -> ".join(map(repr, survivor.edits[0] if survivor.edits else survivor.lines))
        terminal.prose(f"no longer needed: {what}", indent=6)


def trial_row(terminal: Terminal, row: "FirstFinding") -> None:
    """One mistake of `kata dev try --all`: what a learner reads first."""
    signs = terminal.signs
    mark = (signs.passed, "green") if row.named else (signs.failed, "bold red")
    beside = f"and {count(row.more, 'finding')} more" if row.more else ""
    terminal.line(mark, (f" {row.mistake.id}  ", "bold"), (beside, "dim"), indent=2)
    if row.finding is None:
        words = "it is accepted" if row.status == "pass" else "it is not judged"
        terminal.prose(words, indent=6)
    else:
        terminal.prose(row.finding.message, indent=6)
        if row.finding.source:
            place = f"line {row.finding.line}: {row.finding.source.strip()}"
            terminal.whole(Text(clean(place), "cyan"), indent=6)


def measured_rows(terminal: Terminal, found: Sequence["Worst"]) -> None:
    """The numbers of one kata of `kata dev measure`, the nearest to its limit first."""
    if not found:
        terminal.prose("Its suite measures nothing: `measured` in docs/authoring.md.", indent=6)
    for worst in found:
        measure = worst.measure
        limit = "no limit"
        if measure.most is not None:
            limit = f"at most {measure.most:.4g} ({measure.used:.0%})"
        elif measure.least is not None:
            limit = f"at least {measure.least:.4g} ({measure.used:.0%})"
        terminal.line(f"{measure.name}: ", (f"worst {measure.value:.4g}", "bold"), indent=2)
        place = f"seed {worst.seed}, {worst.answer}, seen {count(worst.seen, 'time')}"
        terminal.prose(f"{limit}; {place}", indent=6, style="dim")
