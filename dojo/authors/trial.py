"""What a learner would read who handed in a mistake, an alternative, or a file (`kata dev try`)."""

import difflib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dojo.authors.proof import is_told
from dojo.course import derive
from dojo.course.catalog import Kata
from dojo.course.mistakes import Mistake
from dojo.desk import workspace as workspaces
from dojo.errors import UsageError
from dojo.judge.judge import Judge
from dojo.request import Request
from dojo.verdict import Finding, Status


@dataclass(frozen=True)
class Answer:
    """What is tried.

    Attributes:
        name: as the author named it.
        path: of the file that it stands in, or was made from.
        source: its bytes.
    """

    name: str
    path: Path
    source: bytes


def answer_of(kata: Kata, what: str | None) -> Answer:
    """What an author means: the solution, a mistake's id, an alternative's name, or a file.

    Raises:
        UsageError: none of these.
    """
    solution = kata.solution_path
    if what is None:
        return Answer("the solution", solution, solution.read_bytes())
    for mistake in kata.mistakes():
        if mistake.id == what:
            return Answer(what, solution, _made(kata, mistake))
    others = {path.stem.partition("__")[2]: path for path in kata.alternative_paths}
    if what in others:
        return Answer(what, others[what], others[what].read_bytes())
    path = Path(what)
    if os.path.lexists(path):
        return Answer(what, path, workspaces.read_subject(path, what))
    known = [*(m.id for m in kata.mistakes()), *others]
    near = difflib.get_close_matches(what, known, n=1)
    hint = f" The nearest is '{near[0]}'." if near else ""
    raise UsageError(f"'{what}' is no mistake or alternative of {kata.id}, and no file.{hint}")


def _made(kata: Kata, mistake: Mistake) -> bytes:
    return derive.without_markers(derive.mistake_text(kata, mistake)).encode()


@dataclass(frozen=True)
class FirstFinding:
    """What a learner reads first who made a mistake.

    Attributes:
        mistake: the mistake.
        status: of the verdict.
        finding: the first; None where nothing failed.
        more: how many checks failed besides.
    """

    mistake: Mistake
    status: Status
    finding: Finding | None
    more: int

    @property
    def named(self) -> bool:
        """Whether that is what the mistake's card promises."""
        return self.finding is not None and is_told(self.mistake, self.finding)


@dataclass(frozen=True)
class TryJob:
    """Some mistakes of one kata, judged and explained."""

    kata: Kata
    mistakes: tuple[Mistake, ...]
    seed: int

    @property
    def seconds(self) -> float:
        """About how long it takes, warm."""
        return 0.2 * len(self.mistakes)

    def __call__(
        self, judge: Judge, on_progress: Callable[[str], None] | None = None
    ) -> tuple[FirstFinding, ...]:
        """The first finding of each."""
        rows: list[FirstFinding] = []
        with judge.proving(wrong=True):
            for mistake in (way for known in self.mistakes for way in known.ways()):
                if on_progress is not None:
                    on_progress(f"{self.kata.id} mistake {mistake.id}")
                source, name = _made(self.kata, mistake), self.kata.solution_path.name
                verdict = judge.check(Request(self.kata, source, name, self.seed))
                found = verdict.findings
                first = found[0] if found else None
                rows.append(FirstFinding(mistake, verdict.status, first, max(len(found) - 1, 0)))
        return tuple(rows)
