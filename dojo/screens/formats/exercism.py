"""Verdicts as exercism's test runners write them: results.json, version 3.

github.com/exercism/docs, building/tooling/test-runners/interface.md: ``status`` is pass, fail, or
error with a ``message``; a test's ``output`` has at most 500 characters. ``test_code`` is left out:
suites are hidden. Of several katas each is a task of its own, by its number in order.
"""

from typing import Any, TextIO

from dojo.course.catalog import Kata
from dojo.desk.onward import Onward
from dojo.desk.subject import Refusal, Subject
from dojo.screens.formats.json import dumped
from dojo.screens.report import Report
from dojo.screens.text import clean
from dojo.verdict import CheckResult, Verdict

VERSION = 3
MOST_OUTPUT = 500
_CUT = "\nOutput was truncated. Please limit to 500 chars"
_STATUS = {"passed": "pass", "failed": "fail", "error": "error", "not reached": "error"}


class ExercismReport(Report):
    """Collects the verdicts and writes one object at the end."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._verdicts: list[Verdict] = []
        self._errors: list[str] = []

    def judging(self, kata: Kata) -> None:
        pass

    def check_ended(self, result: CheckResult) -> None:
        pass

    def refused(self, refusal: Refusal) -> None:
        self._errors.append(refusal.message)

    def judged(self, subject: Subject, verdict: Verdict) -> None:
        self._verdicts.append(verdict)
        if verdict.status == "not judged":
            self._errors.append(verdict.reason or "The judge ended without a result.")
        loaded = next((c for c in verdict.checks if c.kind == "load"), None)
        if loaded is not None and loaded.finding is not None:
            self._errors.append(loaded.finding.message)

    def finish(self, onward: Onward) -> None:
        several = len(self._verdicts) > 1
        tests = [
            test
            for task, verdict in enumerate(self._verdicts, start=1)
            for test in _tests(verdict, task if several else None)
        ]
        passed = bool(self._verdicts) and all(v.passed for v in self._verdicts)
        document: dict[str, Any] = {
            "version": VERSION,
            "status": "error" if self._errors else "pass" if passed else "fail",
            "message": "\n".join(map(clean, self._errors)) if self._errors else None,
            "tests": tests,
        }
        self._stream.write(dumped(document) + "\n")
        self._stream.flush()


def _tests(verdict: Verdict, task: int | None) -> list[dict[str, Any]]:
    tests = [_test(check) for check in verdict.checks]
    if task is not None:
        for test in tests:
            test["task_id"] = task
    # Which check made an answer print isn't known; the first that didn't pass is what is shown.
    shown = next((t for t in tests if t["status"] != "pass"), tests[0] if tests else None)
    if shown is not None and verdict.output.strip():
        shown["output"] = _short(clean(verdict.output))
    return tests


def _test(check: CheckResult) -> dict[str, Any]:
    message = None
    if check.outcome == "not reached":
        message = "Not reached: something that this rests on failed."
    elif check.finding is not None:
        message = clean(check.finding.message)
    name = " ".join(clean(f"{check.kind}: {check.title}").split())
    return {"name": name, "status": _STATUS[check.outcome], "message": message}


def _short(text: str) -> str:
    return text if len(text) <= MOST_OUTPUT else text[: MOST_OUTPUT - len(_CUT)] + _CUT
