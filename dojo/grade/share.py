"""A share of a pile's work, for one of several machines: which submissions are in it."""

import re
from dataclasses import dataclass

from dojo.errors import UsageError
from dojo.grade.intake import Plan, Submission
from dojo.grade.unit import unit_of

_MOST = 100_000


@dataclass(frozen=True)
class Shard:
    """A share of the work.

    Attributes:
        number: which, counted from 1.
        of: how many there are.
    """

    number: int
    of: int

    def takes(self, plan: Plan, submission: Submission) -> bool:
        """Whether a submission belongs to this share; equal files always share theirs."""
        key = unit_of(plan.kata(submission.slug), submission.digest).key
        return int(key[:15], 16) % self.of == self.number - 1


def shard(text: str) -> Shard:
    """The share that is called so, such as ``3/16``.

    Raises:
        UsageError: there is none.
    """
    found = re.fullmatch(r"(\d{1,6})/(\d{1,6})", text.strip())
    if found is None or not 1 <= int(found[1]) <= int(found[2]) <= _MOST:
        raise UsageError(
            f"'{text}' is no share of the work: `--shard 3/16` judges the third of sixteen."
        )
    return Shard(int(found[1]), int(found[2]))
