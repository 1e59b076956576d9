"""What a judge is asked for, as plain data that can be sent to another process.

Light: a command that only asks a warm judge imports this, and neither torch nor multiprocessing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dojo.course.catalog import Kata
from dojo.verdict import CheckResult, Verdict

if TYPE_CHECKING:
    from dojo.judge.judge import Judge


@dataclass(frozen=True)
class CheckJob:
    """Judge one file; the fields are the arguments of `Judge.check`."""

    kata: Kata
    source: bytes
    filename: str
    seed: int | None = None
    strict: bool = False
    seconds: float = 0.4

    def __call__(
        self, judge: "Judge", on_check: Callable[[CheckResult], None] | None = None
    ) -> Verdict:
        return judge.check(
            self.kata, self.source, self.filename, self.seed, self.strict, on_check=on_check
        )
