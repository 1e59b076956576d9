"""Judging what a plan asks for: each unit once, what is known already not at all."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dojo.grade.intake import Plan, Submission
from dojo.grade.shelf import Shelf
from dojo.grade.unit import FULL, SECONDS, GradeJob, Grading, Unit, unit_of
from dojo.machine import cores

if TYPE_CHECKING:
    from dojo.course.catalog import Kata
    from dojo.grade.store import Store

CarryOut = Callable[[Sequence[GradeJob], Callable[[int, Grading], None]], None]
LEAST_WORK = 2.0  # seconds of work that are worth another process, which takes as long to start


@dataclass(frozen=True)
class Tally:
    """How far a grading is.

    Attributes:
        submissions: how many are to be judged.
        done: how many of them are judged by now, those known before included.
        cached: how many were known before, or equal one that was judged.
        failed: how many aren't passed.
    """

    submissions: int
    done: int = 0
    cached: int = 0
    failed: int = 0


def needed(plan: Plan, best: bool) -> tuple[Submission, ...]:
    """The submissions that are judged: of several for one kata the newest, or all.

    Args:
        plan: what there is.
        best: whether the best counts.
    """
    judged = [s for s in plan.submissions if not s.refused]
    if best:
        return tuple(judged)
    newest = {(s.learner, s.slug): s for s in plan.submissions}  # they stand by age
    return tuple(s for s in newest.values() if not s.refused)


def known(plan: Plan, submissions: Sequence[Submission], store: "Store") -> Tally:
    """How far it is where everything was judged before."""
    keys = [unit_of(plan.kata(s.slug), s.digest).key for s in submissions]
    kept = store.judged(keys)
    failed = sum(kept[key].status != "pass" for key in keys)
    return Tally(len(keys), len(keys), len(keys), failed)


def judge_all(
    plan: Plan,
    submissions: Sequence[Submission],
    shelf: Shelf,
    store: "Store",
    carry_out: CarryOut,
    on_tally: Callable[[Tally], None],
    weak: bool = False,
) -> None:
    """Judge what isn't known yet and keep it; may be stopped and begun again at any moment.

    Args:
        plan: for the katas.
        submissions: those that are to be judged.
        shelf: holds the files.
        store: where gradings are kept.
        carry_out: judges; told what, and whom to tell of each grading by its number.
        on_tally: told how far it is, at the beginning and after each unit; from any thread.
        weak: whether verdicts under less than full isolation are taken.
    """
    by_unit: dict[Unit, int] = {}
    for s in submissions:
        unit = unit_of(plan.kata(s.slug), s.digest)
        by_unit[unit] = by_unit.get(unit, 0) + 1
    kept = store.judged(u.key for u in by_unit)
    held = {key: k.status for key, k in kept.items() if k.holds(weak)}
    todo = [u for u in by_unit if u.key not in held]
    # Katas one after the other: what a judge has read of a suite serves all files of it.
    order = {k.slug: i for i, k in enumerate(plan.katas)}
    todo.sort(key=lambda u: (order[u.slug], u.digest))
    done = sum(by_unit.values()) - sum(by_unit[u] for u in todo)
    failed = sum(n for u, n in by_unit.items() if held.get(u.key, "pass") != "pass")
    tally = Tally(len(submissions), done, done, failed)
    on_tally(tally)
    if not todo:
        return

    def keep(index: int, grading: Grading) -> None:
        nonlocal tally
        unit = todo[index]
        grading = grading if weak else demanded(grading)
        store.keep(unit, grading)
        times = by_unit[unit]
        tally = replace(
            tally,
            done=tally.done + times,
            cached=tally.cached + times - 1,
            failed=tally.failed + (0 if grading.verdict.passed else times),
        )
        on_tally(tally)

    jobs = _Jobs(todo, {k.slug: k for k in plan.katas}, shelf)
    carry_out(jobs, keep)


def lanes_for(files: int) -> int:
    """How many judges are worth starting for so many files."""
    return max(1, min(len(cores.usable()), int(SECONDS * files / LEAST_WORK)))


class _Jobs(Sequence[GradeJob]):
    """The work, made when it is asked for: its files aren't all in memory."""

    def __init__(self, units: Sequence[Unit], katas: "dict[str, Kata]", shelf: Shelf) -> None:
        self._units = units
        self._katas = katas
        self._shelf = shelf

    def __len__(self) -> int:
        return len(self._units)

    def __getitem__(self, index: int) -> GradeJob:  # type: ignore[override]
        unit = self._units[index]
        return GradeJob(self._katas[unit.slug], self._shelf.get(unit.digest), unit.seeds)

    def __iter__(self) -> Iterator[GradeJob]:
        return (self[i] for i in range(len(self)))


def demanded(grading: Grading) -> Grading:
    """A grading that says what it is: one under less than full isolation is none."""
    verdict = grading.verdict
    if verdict.isolation in (FULL, "") or verdict.status == "not judged":
        return grading
    reason = f"It was judged under less than full isolation ({verdict.isolation})."
    return replace(grading, verdict=replace(verdict, status="not judged", reason=reason))
