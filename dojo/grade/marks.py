"""From gradings to grades: which submission counts, its points, and what a class did."""

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Literal

from dojo.course.catalog import Kata
from dojo.grade.intake import Plan, Submission
from dojo.grade.unit import Grading, Unit, unit_of
from dojo.verdict import Status

LookUp = Callable[[str], Grading | None]
_MOST_KEPT = 64  # gradings in memory: stubs and the commonest answers come again and again
Standing = Literal["pass", "fail", "untouched", "not judged"]


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of a grading for everybody who handed in that file; it is small.

    Attributes:
        status: of the verdict.
        reason: why there is none, if so.
        isolation: under which it was judged.
        share: how many checks passed, and how many there are.
        seeds: that were judged.
    """

    status: Status
    reason: str
    isolation: str
    share: tuple[int, int]
    seeds: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Graded:
    """A submission and what became of it.

    Attributes:
        submission: the file.
        unit: what was judged.
        known: None where it wasn't judged: it can't be, or a newer one counts.
        counts: whether it is the one of its learner and kata that is graded.
        look_up: gives a unit's grading by its key.
    """

    submission: Submission
    unit: Unit
    known: Known | None
    counts: bool
    look_up: LookUp = field(repr=False)

    @property
    def grading(self) -> Grading | None:
        """All that came of it, fetched where it is kept; a class's don't fit into memory."""
        return None if self.known is None else self.look_up(self.unit.key)

    @property
    def standing(self) -> Standing:
        """What it is worth, in a word."""
        if self.known is None or self.known.status == "not judged":
            return "not judged"
        if self.known.status == "pass":
            return "pass"
        return "untouched" if self.submission.untouched else "fail"

    @property
    def reason(self) -> str:
        """Why it wasn't judged; empty where it was."""
        if self.standing != "not judged":
            return ""
        if self.known is None:
            return self.submission.refused or "A newer one counts."
        return self.known.reason or "The judge ended without a result."


@dataclass(frozen=True, slots=True)
class Cell:
    """One learner's grade for one kata.

    Attributes:
        graded: the submission that counts.
        points: what it is worth; None where it wasn't judged.
        attempts: how many were handed in.
    """

    graded: Graded
    points: int | None
    attempts: int


@dataclass(frozen=True)
class Book:
    """All grades.

    Attributes:
        plan: what there was.
        graded: every submission, by learner, kata in course order and age.
        cells: by learner and slug; nothing where nothing was handed in.
        partial: whether points are hundredths, by the share of checks that passed.
        reported: None where all was judged here. Where it is what learners' own machines said:
            by slug and mistake the learners who were ever in it.
        told: what they were told of mistakes, by slug and mistake, where there is no verdict.
    """

    plan: Plan
    graded: tuple[Graded, ...]
    cells: Mapping[tuple[str, str], Cell]
    partial: bool
    reported: Mapping[tuple[str, str], tuple[str, ...]] | None = None
    told: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def worth(self, kata: Kata) -> int:
        """The points of a kata that is passed."""
        return kata.points * (100 if self.partial else 1)

    def row(self, learner: str) -> list[tuple[Kata, Cell]]:
        """What a learner handed in, in course order."""
        found = ((k, self.cells.get((learner, k.slug))) for k in self.plan.katas)
        return [(k, cell) for k, cell in found if cell is not None]

    def column(self, kata: Kata) -> list[Cell]:
        """What was handed in for a kata, by learner."""
        found = (self.cells.get((x, kata.slug)) for x in self.plan.learners)
        return [cell for cell in found if cell is not None]


def book_of(plan: Plan, grading: LookUp, best: bool, partial: bool) -> Book:
    """The grades that follow from what was judged.

    Args:
        plan: what there is to be graded.
        grading: gives that of a unit by its key, if it was judged.
        best: whether of several submissions the best counts, instead of the newest.
        partial: whether a share of the checks is worth a share of the points.
    """
    order = {k.slug: i for i, k in enumerate(plan.katas)}
    graded: list[Graded] = []
    cells: dict[tuple[str, str], Cell] = {}
    kept: dict[str, Known | None] = {}
    look_up = functools.lru_cache(_MOST_KEPT)(grading)
    whose = sorted(plan.submissions, key=lambda s: (s.learner, order[s.slug], s.modified, s.place))
    for (learner, slug), group in groupby(whose, key=lambda s: (s.learner, s.slug)):
        kata = plan.kata(slug)
        several = list(_with_gradings(kata, group, look_up, kept))
        # Among equals the newest, which stands last.
        counted = max(range(len(several)), key=lambda i: (_rank(several[i]) if best else (0, 0), i))
        marked = [replace(g, counts=i == counted) for i, g in enumerate(several)]
        graded += marked
        points = _points(marked[counted], kata, partial)
        cells[learner, slug] = Cell(marked[counted], points, len(several))
    return Book(plan, tuple(graded), cells, partial)


def _with_gradings(
    kata: Kata, group: Iterable[Submission], look_up: LookUp, kept: dict[str, Known | None]
) -> Iterator[Graded]:
    for s in group:
        unit = unit_of(kata, s.digest)
        if not s.refused and unit.key not in kept:
            kept[unit.key] = _known(look_up(unit.key))
        yield Graded(s, unit, None if s.refused else kept[unit.key], False, look_up)


def _known(grading: Grading | None) -> Known | None:
    if grading is None:
        return None
    verdict = grading.verdict
    return Known(
        verdict.status, verdict.reason or "", verdict.isolation, verdict.share, grading.seeds
    )


def _rank(graded: Graded) -> tuple[int, int]:
    if graded.standing == "not judged" or graded.known is None:
        return 0, 0
    return 2 if graded.standing == "pass" else 1, graded.known.share[0]


def _points(graded: Graded, kata: Kata, partial: bool) -> int | None:
    if graded.standing == "not judged" or graded.known is None:
        return None
    passes = graded.known.status == "pass"
    if not partial:
        return kata.points if passes else 0
    passed, total = graded.known.share
    share = 100 if passes else min(100 * passed // max(total, 1), 99)
    return kata.points * share


def median(numbers: Sequence[int]) -> int:
    """The median, the lower one of two."""
    return sorted(numbers)[(len(numbers) - 1) // 2] if numbers else 0
