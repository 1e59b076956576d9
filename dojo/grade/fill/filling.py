"""Whose points go into which row and column of a table, and the table with them in it."""

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dojo.errors import UsageError
from dojo.grade.feedback import standing
from dojo.grade.fill.form import Column, Form, Person
from dojo.grade.roster import only_one, plain
from dojo.screens.text import clean

if TYPE_CHECKING:
    from dojo.course.catalog import Kata
    from dojo.grade.fill.sheet import Sheet
    from dojo.grade.intake import Plan
    from dojo.grade.marks import Book, Cell

_NUMBERS = re.compile(r"(?<![\w.])\d+\.\d+(?:\.\d+)?(?!\w|\.\d)")


@dataclass(frozen=True)
class Target:
    """A column, and the katas whose points go into it."""

    column: Column
    katas: "tuple[Kata, ...]"
    most: int


@dataclass(frozen=True)
class Filling:
    """What goes where, known before anything is judged.

    Attributes:
        sheet: the table.
        form: what it is.
        targets: the columns that are filled.
        whose: for each row that is somebody's here whose it is.
        missing: learners who have no row there, or none that is theirs alone.
    """

    sheet: "Sheet"
    form: Form
    targets: tuple[Target, ...]
    whose: Mapping[int, str]
    missing: tuple[str, ...]


@dataclass
class Filled:
    """A table that was filled.

    Attributes:
        content: all of it.
        rows: how many rows of each column have a grade from here now.
        left: people whose row was left as it was although they handed something in, and why.
    """

    content: bytes = b""
    rows: Counter[str] = field(default_factory=Counter)
    left: list[tuple[str, str]] = field(default_factory=list)


def prepare(sheet: "Sheet", form: Form, plan: "Plan", wanted: str | None, partial: bool) -> Filling:
    """Find out what goes where.

    Args:
        sheet: the table.
        form: what it is.
        plan: what is graded.
        wanted: the column that takes all points, if one was named.
        partial: whether points are hundredths.

    Raises:
        UsageError: it can't be told which column is meant, or it takes fewer points than there are.
    """
    chosen = _named(sheet, form, plan, wanted) if wanted is not None else _told(sheet, form, plan)
    scale = 100 if partial else 1
    targets = tuple(Target(c, ks, scale * sum(k.points for k in ks)) for c, ks in chosen)
    for target in targets:
        most = target.column.most
        if most is not None and target.most > most:
            raise UsageError(
                f"'{target.column.title}' of '{sheet.name}' takes {most:g} points, and the katas "
                f"that go into it are worth {target.most}. Give the assignment {target.most} "
                "points there and export it again, or say with --kata which are meant."
            )
    whose = _whose(form, plan)
    handed_in = {s.learner for s in plan.submissions}
    missing = [x for x in plan.learners if x in handed_in and x not in whose.values()]
    return Filling(sheet, form, targets, whose, tuple(missing))


def fill(filling: Filling, book: "Book") -> Filled:
    """The table with the grades of everybody who handed something in, and of nobody else."""
    filled = Filled()
    changes: dict[tuple[int, int], str] = {}
    for person in filling.form.people:
        learner = filling.whose.get(person.row)
        if learner is None:
            continue
        cells = filling.sheet.row(person.row)
        for target in filling.targets:
            points, trouble = _points(book, learner, target, person, cells, filling.form.kept)
            if trouble:
                filled.left.append((person.shown, trouble))
            if points is None:
                continue
            column = target.column
            changes[person.row, column.index] = str(points)
            if column.feedback is not None and column.feedback < len(cells):
                changes[person.row, column.feedback] = _feedback(book, learner, target.katas)
            filled.rows[column.title] += 1
    filled.content = filling.sheet.with_cells(changes)
    return filled


def _named(
    sheet: "Sheet", form: Form, plan: "Plan", wanted: str
) -> "list[tuple[Column, tuple[Kata, ...]]]":
    found = [c for c in form.columns if wanted.strip() in (c.title, c.called)]
    if len(found) == 1:
        return [(found[0], plan.katas)]
    several = " more than once" if found else ""
    raise UsageError(
        f"'{sheet.name}' has '{wanted}'{several or ' nowhere'} among the columns that take grades. "
        f"{_columns(form)}"
    )


def _told(sheet: "Sheet", form: Form, plan: "Plan") -> "list[tuple[Column, tuple[Kata, ...]]]":
    """The columns that say themselves which katas they are for."""
    if form.single:
        return [(form.columns[0], plan.katas)]
    chosen = [(c, katas) for c in form.columns if (katas := _meant(c.called, plan.katas))]
    if not chosen:
        raise UsageError(
            f"No column of '{sheet.name}' says by a number such as 2.3 or 2.3.1 that it is for "
            f"what is graded here. `--column NAME` puts all points into one. {_columns(form)}"
        )
    for i, (column, katas) in enumerate(chosen):
        twin = next((c for c, ks in chosen[:i] if ks == katas), None)
        if twin is not None:
            raise UsageError(
                f"'{twin.title}' and '{column.title}' of '{sheet.name}' could both be meant: "
                "`--column NAME` says which."
            )
    return chosen


def _meant(title: str, katas: "Sequence[Kata]") -> "tuple[Kata, ...]":
    """The katas that a title names: one by its number or name, or those of one lesson."""
    numbers = {*_NUMBERS.findall(title)}
    by_name = tuple(k for k in katas if plain(title) in (plain(k.slug), plain(k.title)))
    if by_name or len(numbers) != 1:
        return by_name
    number = numbers.pop()
    return tuple(k for k in katas if number in (k.id, k.lesson_id))


def _columns(form: Form) -> str:
    some = [f"'{c.called}'" for c in form.columns[:8]]
    more = f" and {len(form.columns) - 8} more" if form.columns[8:] else ""
    return f"It has {', '.join(some)}{more}."


def _whose(form: Form, plan: "Plan") -> dict[int, str]:
    """For each row that is one learner's, and theirs alone, whose it is."""
    accounts = only_one((s.account, s.learner) for s in plan.submissions)
    called = only_one((plain(x), x) for x in plan.learners)
    roster = plan.roster

    def learner(person: Person) -> str | None:
        if person.account in accounts:
            return accounts[person.account]
        for word in person.ids:
            on_it = roster.whose(word) if roster is not None else None
            if on_it is not None or word in plan.learners:
                return on_it or word
        for word in person.names:
            on_it = roster.whose(word) if roster is not None else None
            if on_it is not None or plain(word) in called:
                return on_it or called[plain(word)]
        return None

    found = [(p.row, who) for p in form.people if (who := learner(p)) is not None]
    times = Counter(who for _, who in found)
    return {row: who for row, who in found if times[who] == 1}


def _points(
    book: "Book",
    learner: str,
    target: Target,
    person: Person,
    cells: Sequence[str],
    kept: frozenset[str],
) -> tuple[int | None, str]:
    """What goes into a cell, or None, and why not where that isn't plain."""
    graded = [c for k in target.katas if (c := book.cells.get((learner, k.slug))) is not None]
    if not graded:
        return None, ""
    if person.closed:
        return None, person.closed
    if target.column.index >= len(cells):
        return None, "the row has too few cells"
    if cells[target.column.index].strip() in kept:
        return None, f"'{target.column.title}' says {cells[target.column.index].strip()}"
    unjudged = sum(c.points is None for c in graded)
    if unjudged:
        return None, f"{unjudged} of {len(graded)} katas could not be judged"
    return sum(c.points or 0 for c in graded), ""


def _feedback(book: "Book", learner: str, katas: "Sequence[Kata]") -> str:
    """What was found, as HTML, which is what Moodle takes feedback for."""
    return "".join(f"<p>{line}</p>" for line in _lines(book, learner, katas))


def _lines(book: "Book", learner: str, katas: "Sequence[Kata]") -> Iterator[str]:
    for kata in katas:
        cell = book.cells.get((learner, kata.slug))
        title = html.escape(f"{kata.id} {clean(kata.title)}")
        if cell is None:
            yield f"{title}: nothing handed in"
            continue
        yield f"{title}: {standing(cell)}{_first_finding(cell)}"


def _first_finding(cell: "Cell") -> str:
    """What a terminal shows first, in one line."""
    grading = cell.graded.grading
    if cell.graded.standing != "fail" or grading is None or not grading.verdict.findings:
        return ""
    words = " ".join(clean(grading.verdict.findings[0].message).split())
    return f".<br>{html.escape(words)}"
