"""What a room leaves behind: the page and the table of grading, with what learners reported.

A kata that was ever passed counts as passed, like on the board.
"""

from collections.abc import Sequence
from pathlib import Path

from dojo.course.catalog import Kata
from dojo.desk.workspace import why
from dojo.errors import UsageError
from dojo.grade import report, tables
from dojo.grade.intake import Plan, Submission
from dojo.grade.marks import Book, Cell, Graded, Known
from dojo.grade.unit import Grading, unit_of
from dojo.machine import files
from dojo.room.fold import Fold
from dojo.room.people import Person, Try

NAMES = ("report.html", "grades.csv")


def write(out: Path, fold: Fold, katas: Sequence[Kata]) -> list[Path]:
    """Write the page and the table; returns where.

    Args:
        out: a folder, made where it is missing; what is called so in it is replaced.
        fold: the room.
        katas: of the room.

    Raises:
        UsageError: it can't be written.
    """
    book = book_of(fold, katas)
    texts = report.page_of(book, {}), tables.grades(book)
    written: list[Path] = []
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in zip(NAMES, texts, strict=True):
            files.replace_whole(out / name, text.encode("utf-8", "replace"))
            written.append(out / name)
    except OSError as error:
        raise UsageError(f"'{out}' can't be written: {why(error)}.") from None
    return written


def book_of(fold: Fold, katas: Sequence[Kata]) -> Book:
    """What was reported, as grades have it."""
    people = sorted(fold.people.values(), key=lambda p: (p.name.casefold(), p.number))
    names = _names(people)
    cells = {
        (names[p.number], k.slug): _cell(names[p.number], k, at)
        for p in people
        for k in katas
        if (at := p.tries.get(k.slug)) is not None and at.checks
    }
    plan = Plan(
        katas=tuple(katas),
        learners=tuple(names[p.number] for p in people),
        strangers=(),
        submissions=tuple(c.graded.submission for c in cells.values()),
        left=(),
        untold=0,
        elsewhere=0,
        piles=(),
    )
    graded = tuple(c.graded for c in cells.values())
    made, told = _made(people, names, katas, fold)
    return Book(plan, graded, cells, partial=False, reported=made, told=told)


def _names(people: Sequence[Person]) -> dict[int, str]:
    """A name for each that nobody else has."""
    names: dict[int, str] = {}
    taken: set[str] = set()
    for person in people:
        name = person.name if person.name not in taken else f"{person.name} ({person.number})"
        taken.add(name)
        names[person.number] = name
    return names


def _cell(name: str, kata: Kata, at: Try) -> Cell:
    passed = at.passed_at is not None
    known = Known("pass" if passed else "fail", "", "", at.shown, ())
    submission = Submission(
        learner=name,
        slug=kata.slug,
        place="reported",
        digest="",
        modified=at.passed_at or at.begun or 0.0,
        how="reported",
    )
    graded = Graded(submission, unit_of(kata, ""), known, True, _nothing)
    return Cell(graded, kata.points if passed else 0, at.checks)


def _made(
    people: Sequence[Person], names: dict[int, str], katas: Sequence[Kata], fold: Fold
) -> tuple[dict[tuple[str, str], tuple[str, ...]], dict[tuple[str, str], str]]:
    """By slug and mistake who was ever in it, and what they were told: the board's words."""
    made: dict[tuple[str, str], tuple[str, ...]] = {}
    told: dict[tuple[str, str], str] = {}
    slugs = {k.slug for k in katas}
    for person in people:
        for key in person.first:
            slug, _, mistake = key.partition("/")
            sentence = fold.content.says(slug, mistake) if slug in slugs else None
            if sentence is not None:
                made[slug, mistake] = (*made.get((slug, mistake), ()), names[person.number])
                told[slug, mistake] = sentence
    return made, told


def _nothing(_key: str) -> Grading | None:
    """There is no verdict: nothing was judged here."""
    return None
