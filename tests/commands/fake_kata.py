"""The command on a course of its own, with a judge that goes by a word in the answer.

``python fake_kata.py COURSE ARGS...``. The word RIGHT passes, WAIT waits for ever, CRASH breaks
the judge, UNJUDGED has no verdict; anything else fails. PICTURE draws a loss curve. So these
tests are about the command and need neither torch nor time.
"""

import hashlib
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, cast

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

import kata  # noqa: E402
from dojo.commands import check  # noqa: E402
from dojo.course import catalog  # noqa: E402
from dojo.pictures import LossCurve  # noqa: E402
from dojo.request import Request  # noqa: E402
from dojo.verdict import CheckResult, Finding, Status, Verdict  # noqa: E402

LOSS = LossCurve((8.0, 4.0, 3.0, 2.0), (8.0, 1.0), (8.0, 1.0), epochs=4, check="mean_of_squares")


class FakeJudge:
    def __init__(self, course: catalog.Catalog, optimizers: bool = True) -> None:
        self.marks = course.root.parent

    def __enter__(self) -> "FakeJudge":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        (self.marks / "closed").touch()

    def check(
        self, request: Request, on_check: Callable[[CheckResult], None] | None = None
    ) -> Verdict:
        source, seed = request.source, request.seed
        if b"WAIT" in source:
            (self.marks / "judging").touch()
            threading.Event().wait()
        if b"CRASH" in source:
            raise RuntimeError("the judge broke")
        status: Status = "fail"
        reason = None
        if b"RIGHT" in source:
            status = "pass"
        elif b"UNJUDGED" in source:
            status, reason = "not judged", "The learner process could not be started."
        rows = [CheckResult("runs", "the file runs", "load", "passed", seconds=0.01)]
        if status != "not judged":
            rows += [
                _values(status, request.strict),
                CheckResult("late", "late", "typing", "not reached"),
            ]
        if status == "pass":
            rows[-1] = CheckResult("late", "late", "typing", "passed")
        for row in rows:
            if on_check is not None:
                on_check(row)
        return Verdict(
            kata=request.kata.id,
            status=status,
            digest=hashlib.sha256(source).hexdigest(),
            seed=seed if seed is not None else 4127,
            isolation="full",
            checks=tuple(rows),
            output="\x1b[31mepoch\x1b[0m 0 [red]0.4[/red]\n" if b"PRINT" in source else "",
            reason=reason,
            seconds=0.1,
            pictures=(LOSS,) if b"PICTURE" in source else (),
        )


def _values(status: Status, strict: bool) -> CheckResult:
    name, title = "mean_of_squares", "the mean of the squares"
    if status == "pass":
        return CheckResult(name, title, "values", "passed")
    finding = Finding(
        "The result is 7 times too large. Where is the division?",
        mistake="sum-for-mean",
        line=3,
        source="    return x.square().sum(dim=0)  # [bold]",
        evidence={"ratio": 7.0, "worst": float("nan"), "strict": strict},
    )
    return CheckResult(name, title, "values", "failed", finding)


def main() -> None:
    """Run the command on the course that the first argument names."""
    root = Path(sys.argv.pop(1))
    catalog.content_root = lambda: root
    check.open_judge = cast("Any", FakeJudge)
    kata.main()


if __name__ == "__main__":
    main()
