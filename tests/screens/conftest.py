"""A kata, and verdicts on it with everything in them that is hard to show."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dojo import scaffold
from dojo.catalog import Kata, load
from dojo.screens.report import Subject
from dojo.verdict import CheckResult, Finding, Status, Verdict


@pytest.fixture
def kata(tmp_path: Path) -> Kata:
    scaffold.create(tmp_path, "2.3.3", "manual-step", "from_scratch")
    return load(tmp_path).kata("2.3.3")


@pytest.fixture
def subject(kata: Kata, tmp_path: Path) -> Subject:
    path = tmp_path / "katas/lesson_2_3_from_scratch/k3_manual_step.py"
    shown = "katas/lesson_2_3_from_scratch/k3_manual_step.py"
    return Subject(kata, path, shown, b"x", is_stub=True, untouched=False)


@pytest.fixture
def make_verdict() -> Callable[..., Verdict]:
    """A verdict of the given checks; status, output, reason as asked for."""

    def make(
        *checks: CheckResult,
        status: Status = "fail",
        output: str = "",
        reason: str | None = None,
        isolation: str = "full",
    ) -> Verdict:
        return Verdict(
            kata="2.3.3",
            status=status,
            digest="0" * 64,
            seed=4127,
            isolation=isolation,
            checks=checks,
            output=output,
            reason=reason,
            seconds=0.11,
        )

    return make


@pytest.fixture
def nasty() -> CheckResult:
    """A failed check whose every text would do harm, if it were let."""
    finding = Finding(
        message="\x1b[2J [bold]`loss`[/bold] ]]> & <b> \x00 \ud800",
        mistake="sum-for-mean",
        line=14,
        source="    x = '\x1b]0;title\x07'  # </failure>",
        evidence={"ratio": float("nan"), "worst": float("-inf"), "name": "\ud800", "n": 7},
    )
    return CheckResult("second", "the \x1b[31msecond step", "values", "failed", finding)
