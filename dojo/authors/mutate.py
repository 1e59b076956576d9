"""What a suite accepts of one-step changes of its solution (`kata dev mutate`).

Each survivor is the same program, allowed by the stub's silence, or a hole in the suite. The first
two are written beside the solution with their reason; the list is then empty.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dojo.course.catalog import Kata
from dojo.course.derive import learners_lines
from dojo.course.mistakes import Survivor
from dojo.errors import UsageError
from dojo.judge.judge import Judge
from dojo.operators import ALL, Change, changes
from dojo.request import Request

A_JOB = 24  # changes; enough that they share a learner process, few enough for several cores
SECONDS = 0.15  # about what a change takes


@dataclass(frozen=True)
class Accepted:
    """A change that the suite did not refuse.

    Attributes:
        change: the change.
        trouble: why it was not judged at all, or None where it passed.
    """

    change: Change
    trouble: str | None = None

    @property
    def edit(self) -> tuple[str, str]:
        """The change as its table names it."""
        return self.change.old, self.change.new

    @property
    def toml(self) -> str:
        """The change as it belongs beside the solution, its reason left open."""
        old, new = (json.dumps(text, ensure_ascii=False) for text in self.edit)
        return f'[[survivor]]\nedits = [[{old}, {new}]]\nwhy = ""\n'


@dataclass(frozen=True)
class MutateJob:
    """Some changes of one kata's solution, judged until something fails.

    Attributes:
        kata: the kata.
        changes: of its solution.
        seeds: on each of which a survivor passed.
    """

    kata: Kata
    changes: tuple[Change, ...]
    seeds: tuple[int, ...]

    @property
    def seconds(self) -> float:
        """About how long it takes, warm."""
        return SECONDS * len(self.changes)

    def __call__(
        self, judge: Judge, on_progress: Callable[[str], None] | None = None
    ) -> tuple[Accepted, ...]:
        """The changes that the suite did not refuse.

        Raises:
            UsageError: it refuses the solution.
        """
        found: list[Accepted] = []
        with judge.proving(wrong=True, brief=True):
            source = self.kata.solution_path.read_text(encoding="utf-8")
            right = self._judged(judge, Change("", 1, "", "", source))
            if right is None or right.trouble:
                raise UsageError(
                    f"The solution itself is not accepted. See `kata dev check {self.kata.id}`."
                )
            for change in self.changes:
                if on_progress is not None:
                    on_progress(f"{self.kata.id} line {change.line}, {change.operator}")
                accepted = self._judged(judge, change)
                if accepted is not None:
                    found.append(accepted)
        return tuple(found)

    def _judged(self, judge: Judge, change: Change) -> Accepted | None:
        for seed in self.seeds:
            request = Request(self.kata, change.text.encode(), f"{self.kata.stem}.py", seed)
            verdict = judge.check(request, explained=False)
            if verdict.status == "fail":
                return None
            if verdict.status == "not judged":
                return Accepted(change, verdict.reason)
        return Accepted(change)


@dataclass(frozen=True)
class Mutation:
    """What came of all changes of one kata's solution.

    Attributes:
        kata: the kata.
        made: how many changes were judged.
        explained: survivors for which a reason is given.
        survivors: the others.
        stale: reasons that no survivor needs.
    """

    kata: Kata
    made: int
    explained: int
    survivors: tuple[Accepted, ...]
    stale: tuple[Survivor, ...]

    @property
    def caught(self) -> int:
        """How many changes the suite refuses."""
        return self.made - self.explained - len(self.survivors)


def jobs(kata: Kata, seeds: Sequence[int]) -> Iterator[MutateJob]:
    """All changes of a kata's solution in the learner's part, in pieces.

    Args:
        kata: its solution must be sound (see `dojo.authors.sound.flaws`).
        seeds: of the inputs.
    """
    source = kata.solution_path.read_text(encoding="utf-8")
    found = list(changes(source, ALL, learners_lines(source)))
    for start in range(0, len(found), A_JOB):
        yield MutateJob(kata, tuple(found[start : start + A_JOB]), tuple(seeds))


def _reason(accepted: Accepted, known: Sequence[Survivor]) -> Survivor | None:
    """The table that accepts a change: by itself, or any change of its line."""
    for survivor in known:
        if accepted.edit in survivor.edits or accepted.change.old in survivor.lines:
            return survivor
    return None


def sum_up(kata: Kata, done: Sequence[tuple[MutateJob, tuple[Accepted, ...]]]) -> Mutation:
    """What the jobs of one kata found, less what is explained."""
    accepted = [a for _, found in done for a in found]
    known = kata.survivors()
    reason_of = {a: _reason(a, known) for a in accepted}
    needed = set(reason_of.values())
    left = [a for a in accepted if a.trouble or reason_of[a] is None]
    return Mutation(
        kata,
        sum(len(job.changes) for job, _ in done),
        len(accepted) - len(left),
        tuple(left),
        tuple(s for s in known if s not in needed),
    )
