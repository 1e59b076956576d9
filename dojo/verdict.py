"""What the judge found out about one subject, as plain frozen data.

Everything that shows a result (terminal, JSON, JUnit) reads these classes and nothing else;
this file knows neither how a verdict is made nor how it is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from dojo.pictures import Picture  # slow to import; only what judges and draws needs it

Kind = Literal[
    "load", "constraints", "shapes", "values", "gradients", "convergence", "dtype", "typing"
]
Outcome = Literal["passed", "failed", "not reached", "error"]
Status = Literal["pass", "fail", "not judged"]
Evidence = Mapping[str, float | int | str | bool]

KINDS: tuple[Kind, ...] = get_args(Kind)  # in reading order
# Of which a suite's own checks may be; the other kinds are the engine's.
SUITE_KINDS: tuple[Kind, ...] = ("shapes", "values", "gradients", "convergence")
# A check rests on those of the kinds before its own here: when one fails, later ones say little.
LADDER = tuple(kind for kind in KINDS if kind != "constraints")
# Not worth carrying out when something failed before.
LATE: tuple[Kind, ...] = ("convergence", "dtype", "typing")


@dataclass(frozen=True)
class Finding:
    """One fact about what is wrong, with its explanation.

    Attributes:
        message: what is observed, what it means, where to look; for the learner.
        mistake: id of the known mistake on the card that was recognised, or None.
        sure: True when replaying the mistake gave the same answers, False for "this looks like".
        line: 1-based line in the learner's file, or None.
        source: the text of that line, or None.
        evidence: the numbers behind the message (ratio, largest difference, shapes as text, ...).
    """

    message: str
    mistake: str | None = None
    sure: bool = True
    line: int | None = None
    source: str | None = None
    evidence: Evidence = field(default_factory=dict)


@dataclass(frozen=True)
class CheckResult:
    """The outcome of one check of a suite.

    Attributes:
        name: the check's function name without ``test_``.
        title: what it checks, in a few words for the learner.
        kind: what it is about.
        outcome: passed, failed, not reached (something it rests on failed) or error (our fault).
        finding: why it failed; None unless it failed or is an error.
        advice: what else the type checker says (a missing narrowing, a looser annotation).
        seconds: how long it took.
    """

    name: str
    title: str
    kind: Kind
    outcome: Outcome
    finding: Finding | None = None
    advice: tuple[Finding, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True)
class Verdict:
    """All that the judge found out about one subject.

    Attributes:
        kata: id of the kata, such as ``1.2.2``.
        status: pass, fail, or not judged (our fault, killed, tampered with).
        digest: SHA-256 of the judged file's bytes.
        seed: seed of the random inputs; the same seed repeats them.
        isolation: ``full``, or which layers of the confinement are missing here.
        checks: every check, in the order in which a learner should read them.
        output: what the subject printed, shortened.
        reason: for ``not judged``: one sentence saying why.
        seconds: wall-clock duration of the judgement.
        pictures: what can be looked at, each with the name of its check; never what is judged by.
        declared: how many checks the suite has by its text; where fewer were carried out, nothing
            is judged.
        mended: where the stub starts with several mistakes and some are left: how many are
            mended, if that can be told; else None.
    """

    kata: str
    status: Status
    digest: str
    seed: int
    isolation: str
    checks: tuple[CheckResult, ...]
    output: str = ""
    reason: str | None = None
    seconds: float = 0.0
    pictures: "tuple[Picture, ...]" = ()
    declared: int = 0
    mended: int | None = None

    @property
    def passed(self) -> bool:
        """True for a pass and nothing else."""
        return self.status == "pass"

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of the failed checks, in reading order."""
        return tuple(c.finding for c in self.checks if c.finding is not None)

    @property
    def share(self) -> tuple[int, int]:
        """How many checks passed, and how many there are."""
        passed = sum(c.outcome == "passed" for c in self.checks)
        return passed, max(len(self.checks), self.declared)
