"""exercism's results.json, version 3, by the fields of its test runner interface."""

import io
import json
from collections.abc import Callable
from typing import Any

from dojo.course.catalog import Kata
from dojo.desk.onward import Onward
from dojo.desk.subject import Refusal, Subject
from dojo.screens.formats.exercism import ExercismReport
from dojo.verdict import CheckResult, Finding, Verdict

MakeVerdict = Callable[..., Verdict]
FIELDS = {"name", "test_code", "status", "message", "output", "task_id"}


def document(
    *verdicts: tuple[Subject, Verdict], refusals: tuple[Refusal, ...] = ()
) -> dict[str, Any]:
    stream = io.StringIO()
    report = ExercismReport(stream)
    for subject, verdict in verdicts:
        report.judged(subject, verdict)
    for refusal in refusals:
        report.refused(refusal)
    report.finish(Onward(None, "", (0, 1), 0))
    data = json.loads(stream.getvalue())
    assert data.keys() == {"version", "status", "message", "tests"}
    assert data["version"] == 3
    assert data["status"] in ("pass", "fail", "error")
    assert (data["message"] is not None) == (data["status"] == "error")
    for test in data["tests"]:
        assert {"name", "status"} <= test.keys() <= FIELDS
        assert test["status"] in ("pass", "fail", "error")
        assert isinstance(test["name"], str)
        assert isinstance(test.get("message"), str | None)
        assert len(test.get("output", "")) <= 500
    return data


def test_outcomes_become_tests_in_their_order(
    make_verdict: MakeVerdict, subject: Subject, nasty: CheckResult
) -> None:
    checks = (
        CheckResult("first", "the first step", "shapes", "passed"),
        nasty,
        CheckResult("slope", "the slope", "gradients", "not reached"),
    )
    data = document((subject, make_verdict(*checks, output="x" * 600)))
    assert data["status"] == "fail"
    first, second, third = data["tests"]
    assert (first["status"], first["message"]) == ("pass", None)
    assert second["status"] == "fail"
    assert second["output"].endswith("Output was truncated. Please limit to 500 chars")
    assert "\x1b" not in second["message"] + second["name"]
    assert (third["status"], "Not reached" in third["message"]) == ("error", True)
    assert "task_id" not in first


def test_several_katas_are_several_tasks(make_verdict: MakeVerdict, subject: Subject) -> None:
    verdict = make_verdict(CheckResult("a", "a", "values", "passed"), status="pass")
    data = document((subject, verdict), (subject, verdict))
    assert data["status"] == "pass"
    assert [t["task_id"] for t in data["tests"]] == [1, 2]


def test_what_does_not_run_is_an_error_with_a_message(
    make_verdict: MakeVerdict, subject: Subject, kata: Kata
) -> None:
    broken = CheckResult("load", "runs", "load", "failed", Finding("Line 3 is no Python."))
    assert document((subject, make_verdict(broken)))["message"] == "Line 3 is no Python."
    unjudged = make_verdict(status="not judged", reason="It was killed.")
    assert document((subject, unjudged))["message"] == "It was killed."
    data = document(refusals=(Refusal(kata, "It is gone."),))
    assert (data["message"], data["tests"]) == ("It is gone.", [])


def test_nothing_in_it_is_an_order_to_a_runner(make_verdict: MakeVerdict, subject: Subject) -> None:
    stream = io.StringIO()
    report = ExercismReport(stream)
    finding = Finding("##[add-mask]a\n::error::b")
    check = CheckResult("a", "a", "values", "failed", finding)
    report.judged(subject, make_verdict(check))
    report.finish(Onward(None, "", (0, 1), 0))
    assert "##[" not in stream.getvalue()
    assert json.loads(stream.getvalue())["tests"][0]["message"] == finding.message
