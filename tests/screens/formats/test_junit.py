"""JUnit XML: valid whatever the texts hold, one suite a kata, one case a check."""

import io
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import xmlschema

from dojo.course.catalog import Kata
from dojo.desk.onward import Onward
from dojo.desk.subject import Refusal, Subject
from dojo.screens.formats.junit import JunitReport
from dojo.verdict import CheckResult, Finding, Verdict

MakeVerdict = Callable[..., Verdict]
SCHEMA = xmlschema.XMLSchema10(Path(__file__).with_name("junit.xsd"))


def document(report: JunitReport, stream: io.StringIO) -> ET.Element:
    report.finish(Onward(None, "", (0, 1), 0))
    stream.getvalue().encode("ascii")
    SCHEMA.validate(stream.getvalue())
    return ET.fromstring(stream.getvalue())


def test_outcomes_become_cases(
    make_verdict: MakeVerdict, subject: Subject, nasty: CheckResult
) -> None:
    stream = io.StringIO()
    report = JunitReport(stream)
    checks = (
        CheckResult("first", "the first step", "shapes", "passed"),
        nasty,
        CheckResult("slope", "the slope", "gradients", "not reached"),
        CheckResult("odd", "odd", "typing", "error", Finding("the type checker broke")),
    )
    report.judged(subject, make_verdict(*checks, output="\x1b[31m\ud800 ]]>"))
    root = document(report, stream)
    (suite,) = root
    counts = {k: suite.get(k) for k in ("name", "tests", "failures", "errors", "skipped")}
    assert counts == {"name": "2.3.3", "tests": "4", "failures": "1", "errors": "1", "skipped": "1"}
    assert root.get("failures") == "1"
    first, second, third, fourth = suite.findall("testcase")
    assert len(first) == 0
    failure = second.find("failure")
    assert failure is not None
    assert failure.get("type") == "sum-for-mean"
    assert "[bold]`loss`[/bold] ]]> & <b>" in failure.get("message", "")
    assert f"{subject.shown}:14" in (failure.text or "")
    assert third.find("skipped") is not None
    assert fourth.find("error") is not None
    assert (suite.findtext("system-out") or "").endswith("]]>")


def test_not_judged_and_refused_are_errors(
    make_verdict: MakeVerdict, subject: Subject, kata: Kata
) -> None:
    stream = io.StringIO()
    report = JunitReport(stream)
    report.judged(subject, make_verdict(status="not judged", reason="It was killed."))
    report.refused(Refusal(kata, "It is gone."))
    suites = document(report, stream)
    assert [s.get("errors") for s in suites] == ["1", "1"]
    messages = [e.get("message") for e in suites.iter("error")]
    assert messages == ["It was killed.", "It is gone."]


def test_what_an_answer_prints_gives_no_orders_to_a_runner(
    make_verdict: MakeVerdict, subject: Subject
) -> None:
    stream = io.StringIO()
    report = JunitReport(stream)
    output = "a\n::set-output name=x::y\n  ::error::z ##[add-mask]b\n"
    report.judged(subject, make_verdict(output=output))
    root = document(report, stream)
    assert root.findtext("testsuite/system-out") == output
    assert "##[" not in stream.getvalue()
    assert not [x for x in stream.getvalue().splitlines() if x.strip().startswith("::")]
