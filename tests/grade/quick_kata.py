"""The command on a course of its own, with a judge that goes by a word in the answer.

``python quick_kata.py COURSE ARGS...``. RIGHT passes, LUCKY passes for an even seed, UNJUDGED has
no verdict, WEAK wasn't shut in, CRASH breaks the judge; anything else fails. Each judgement leaves
a byte in ``judgements`` beside the course. No other process judges. So these tests need neither
torch nor time.
"""

import contextlib
import hashlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

import kata  # noqa: E402
from dojo.commands import grading  # noqa: E402
from dojo.course import catalog  # noqa: E402
from dojo.grade import run  # noqa: E402
from dojo.grade.unit import GradeJob, Grading  # noqa: E402
from dojo.request import Request  # noqa: E402
from dojo.verdict import CheckResult, Finding, Status, Verdict  # noqa: E402


class QuickJudge:
    def __init__(self, course: catalog.Catalog, how: object = None) -> None:
        self._judgements = course.root.parent / "judgements"

    def become_warm(self) -> None:
        pass

    def ask(self, job: GradeJob) -> Grading:
        return job(cast("Any", self))

    def close(self) -> None:
        pass

    def one_file(self) -> contextlib.AbstractContextManager[None]:
        return contextlib.nullcontext()

    def check(
        self, request: Request, on_check: Callable[[CheckResult], None] | None = None
    ) -> Verdict:
        source, seed = request.source, request.seed
        with self._judgements.open("ab") as file:
            file.write(b".")
        if b"CRASH" in source:
            raise RuntimeError("the judge broke")
        assert seed is not None
        status: Status = "fail"
        if b"RIGHT" in source or (b"LUCKY" in source and seed % 2 == 0):
            status = "pass"
        elif b"UNJUDGED" in source:
            status = "not judged"
        rows = [CheckResult("runs", "the file runs", "load", "passed", seconds=0.01)]
        if status == "pass":
            rows.append(CheckResult("mean", "the mean", "values", "passed"))
        elif status == "fail":
            finding = Finding("It is <b>7</b> times too large.", "sum-for-mean", line=1, source="x")
            rows.append(CheckResult("mean", "the mean", "values", "failed", finding))
        return Verdict(
            kata=request.kata.id,
            status=status,
            digest=hashlib.sha256(source).hexdigest(),
            seed=seed,
            isolation="no system call filter (seccomp)" if b"WEAK" in source else "full",
            checks=tuple(rows),
            output=source.decode("utf-8", "replace") if b"PRINT" in source else "",
            reason="The process could not be started." if status == "not judged" else None,
            seconds=0.1,
        )


if __name__ == "__main__":
    root = Path(sys.argv.pop(1))
    catalog.content_root = lambda: root
    grading.open_lane = cast("Any", QuickJudge)
    run.lanes_for = lambda files: 1
    kata.main()
