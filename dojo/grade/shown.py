"""Grading at the terminal: what there is to be judged, how far it is, and what came of it."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Column
from rich.text import Text

from dojo.grade.intake import Plan, Submission
from dojo.grade.marks import Book
from dojo.grade.run import Tally
from dojo.screens.terminal import Terminal
from dojo.screens.text import clean, count

MOST_SHOWN = 20
_WIDE = 80  # columns in which there is room for a bar beside the numbers


def plan(terminal: Terminal, plan: Plan, judged: Sequence[Submission]) -> None:
    """How each pile was understood, what is judged, and what isn't, with the reasons."""
    for pile in plan.piles:
        files = count(pile.files, "Python file")
        terminal.line((clean(pile.name), "bold"), f"  {pile.layout}, {files}")
    terminal.blank()
    by_kata = Counter(s.slug for s in plan.submissions)
    handed_in = {s.learner for s in plan.submissions}
    for kata in plan.katas:
        title = clean(kata.title)
        terminal.row(
            (Text(kata.id), 7), (Text(str(by_kata[kata.slug]), justify="right"), 6), (title, 0)
        )
    terminal.blank()
    distinct = len({(s.slug, s.digest) for s in judged})
    untouched = sum(s.untouched for s in judged)
    facts = [
        f"{count(len(handed_in), 'learner')} of {len(plan.learners)} handed in "
        f"{count(len(plan.submissions), 'file')}",
        f"{len(judged)} to be judged, {distinct} of them different",
    ]
    if untouched:
        facts.append(count(untouched, "untouched stub"))
    terminal.prose("; ".join(facts) + ".")
    if plan.elsewhere:
        terminal.prose(f"{count(plan.elsewhere, 'file')} for other katas left out.")
    if plan.strangers:
        who = ", ".join(map(clean, plan.strangers[:MOST_SHOWN]))
        more = (
            f" and {len(plan.strangers) - MOST_SHOWN} more" if plan.strangers[MOST_SHOWN:] else ""
        )
        terminal.prose(f"Not on the roster: {who}{more}.")
    _left(terminal, plan)


def _left(terminal: Terminal, plan: Plan) -> None:
    rows = [(x.place, x.reason) for x in plan.left]
    rows += [(s.place, s.refused) for s in plan.submissions if s.refused]
    total = len(rows) + plan.untold
    if not total:
        return
    terminal.blank()
    terminal.line((f"judged by nobody ({total})", "bold"))
    for place, reason in rows[:MOST_SHOWN]:
        terminal.line(clean(place), (f"  {clean(reason)}", "dim"), indent=2)
    if total > MOST_SHOWN:
        terminal.line((f"and {total - MOST_SHOWN} more", "dim"), indent=2)


class Bar:
    """Shows how far a grading is: a moving bar where a person watches, else nothing."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._task = progress.add_task("starting PyTorch", total=None) if progress else None
        self._turn = threading.Lock()
        self.tally = Tally(0)

    def __call__(self, tally: Tally) -> None:
        """Takes how far it is."""
        with self._turn:
            self.tally = tally
            if self._progress is None or self._task is None:
                return
            self._progress.update(
                self._task, completed=tally.done, total=tally.submissions, description=_brief(tally)
            )


@contextmanager
def bar(terminal: Terminal, clock: Callable[[], float] | None = None) -> Iterator[Bar]:
    """A bar while files are judged: how far it is, how long it will take, and in numbers.

    Args:
        terminal: where it is shown, if a person watches.
        clock: seconds; None for the usual one.
    """
    if not terminal.moves:
        yield Bar(None)
        return
    # What a narrow terminal cuts off is the end of the last column.
    columns = (
        TaskProgressColumn(table_column=Column(min_width=4, no_wrap=True)),
        TimeRemainingColumn(table_column=Column(min_width=7, no_wrap=True)),
        *([BarColumn(bar_width=8)] if terminal.console.width >= _WIDE else []),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=terminal.console, transient=True, get_time=clock) as progress:
        yield Bar(progress)


def summary(terminal: Terminal, book: Book, tally: Tally, out: Path, kept: Sequence[Path]) -> None:
    """What came of it, and where it stands."""
    terminal.blank()
    terminal.prose(_words(tally) + ".")
    standings: Counter[str] = Counter(cell.graded.standing for cell in book.cells.values())
    words = {"pass": "passed", "fail": "not passed", "untouched": "not begun"}
    told = [f"{standings[s]} {word}" for s, word in words.items() if standings[s]]
    if standings["not judged"]:
        told.append(f"{standings['not judged']} not judged: see report.html")
    terminal.prose(", ".join(told) + ".")
    rows = [
        ("grades", terminal.path(out / "grades.csv", str(out / "grades.csv"))),
        ("report", terminal.path(out / "report.html", str(out / "report.html"))),
        ("feedback", terminal.path(out / "feedback", str(out / "feedback"))),
        ("all", terminal.path(out / "gradings.jsonl", str(out / "gradings.jsonl"))),
    ]
    terminal.fields(rows)
    for path in kept:
        terminal.prose(f"You had changed a file that is written anew: yours is kept as {path}.")


def share(terminal: Terminal, tally: Tally, shard: str, out: Path) -> None:
    """That a share is judged, and how the shares are joined."""
    terminal.blank()
    terminal.prose(f"{_words(tally)}: share {shard}, kept in {out}.")
    joined = "kata grade --merge FOLDERS-OF-ALL-SHARES --out results"
    terminal.fields([("then", Text(joined, no_wrap=True))])


def _brief(tally: Tally) -> str:
    return (
        f"{tally.done} of {tally.submissions}, {tally.cached} known, {tally.failed} not passed, "
        f"{tally.submissions - tally.done} left"
    )


def _words(tally: Tally) -> str:
    return (
        f"{tally.done} of {count(tally.submissions, 'submission')} judged, {tally.cached} of them "
        f"known or equal, {tally.failed} not passed, {tally.submissions - tally.done} left"
    )
