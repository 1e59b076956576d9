"""What every way of reporting a check has in common: the data it gets and the calls it answers."""

from typing import Protocol

from dojo.course.catalog import Kata
from dojo.desk.onward import Onward
from dojo.desk.subject import Refusal, Subject
from dojo.verdict import CheckResult, Verdict


class Report(Protocol):
    """Turns verdicts into output, as they come."""

    def judging(self, kata: Kata) -> None:
        """The judge begins with the answer to this kata."""

    def check_ended(self, result: CheckResult) -> None:
        """One check of it has ended."""

    def refused(self, refusal: Refusal) -> None:
        """A file can't be judged; the others are."""

    def judged(self, subject: Subject, verdict: Verdict) -> None:
        """The verdict on this subject is there."""

    def finish(self, onward: Onward) -> None:
        """All is judged."""
