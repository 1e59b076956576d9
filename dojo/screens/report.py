"""What every way of reporting a check has in common: the data it gets and the calls it answers."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from dojo.course.catalog import Kata
from dojo.verdict import CheckResult, Verdict


@dataclass(frozen=True)
class Subject:
    """A file that is judged.

    Attributes:
        kata: what it answers.
        path: where it is.
        shown: its path as people read and click it.
        source: its bytes.
        is_stub: True for the learner's own file, False for one named with ``--file``.
        untouched: True when it is still the stub as it was given.
    """

    kata: Kata
    path: Path
    shown: str
    source: bytes
    is_stub: bool
    untouched: bool


@dataclass(frozen=True)
class Refusal:
    """A file that can't be judged, and the sentence that says why."""

    kata: Kata
    message: str


@dataclass(frozen=True)
class Onward:
    """Where to go after a check.

    Attributes:
        kata: the kata that `kata next` would show, or None when all are done.
        shown: the path of its stub.
        lesson_done: katas of the judged lesson that are done, and how many it has.
        hints_left: hints of the judged kata that weren't shown yet.
        strict: True when the check was made with ``--strict``.
        called: what all katas here are: see `Catalog.called`.
    """

    kata: Kata | None
    shown: str
    lesson_done: tuple[int, int]
    hints_left: int
    strict: bool = False
    called: str = "course"


class Report(Protocol):
    """Turns verdicts into output, as they come."""

    def judging(self, subject: Subject) -> None:
        """The judge begins with this subject."""

    def check_ended(self, result: CheckResult) -> None:
        """One check of the subject has ended."""

    def refused(self, refusal: Refusal) -> None:
        """A file can't be judged; the others are."""

    def judged(self, subject: Subject, verdict: Verdict) -> None:
        """The verdict on this subject is there."""

    def finish(self, onward: Onward) -> None:
        """All is judged."""
