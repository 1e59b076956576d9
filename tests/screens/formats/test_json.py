"""The JSON format: strict, complete, and as docs/json.md describes it."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dojo.course.catalog import Kata
from dojo.desk.onward import Onward
from dojo.desk.subject import Refusal, Subject
from dojo.screens.formats.json import FORMAT, VERSION, JsonReport, to_json
from dojo.verdict import CheckResult, Finding, Verdict

MakeVerdict = Callable[..., Verdict]
PASSED = CheckResult("first", "the first step", "shapes", "passed", seconds=0.01)


def read(text: str) -> dict[str, Any]:
    return json.loads(text, parse_constant=pytest.fail)


def test_a_document_says_its_format_and_version(kata: Kata, make_verdict: MakeVerdict) -> None:
    document = read(to_json([(kata, make_verdict(PASSED, status="pass"))], []))
    assert (document["format"], document["version"]) == (FORMAT, VERSION)


def test_no_number_and_no_text_breaks_the_document(
    kata: Kata, make_verdict: MakeVerdict, nasty: CheckResult
) -> None:
    text = to_json([(kata, make_verdict(nasty, output="\x00\ud800\xff"))], [])
    text.encode("ascii")
    (verdict,) = read(text)["verdicts"]
    finding = verdict["checks"][0]["finding"]
    assert finding["evidence"] == {"ratio": "nan", "worst": "-inf", "name": "?", "n": 7}
    assert finding["line"] == 14
    assert finding["mistake"] == "sum-for-mean"
    assert "\ud800" not in verdict["output"]


def test_everything_of_a_verdict_is_there(kata: Kata, make_verdict: MakeVerdict) -> None:
    advice = Finding("`t.grad` may be None here.", line=3)
    late = CheckResult("types", "types", "typing", "not reached", advice=(advice,))
    (verdict,) = read(to_json([(kata, make_verdict(PASSED, late, reason="killed"))], []))[
        "verdicts"
    ]
    assert verdict == {
        "kata": "2.3.3",
        "slug": "manual-step",
        "pack": "training-loop",
        "passed": False,
        "status": "fail",
        "reason": "killed",
        "digest": "0" * 64,
        "seed": 4127,
        "isolation": "full",
        "duration": 0.11,
        "output": "",
        "declared": 0,
        "mended": None,
        "checks": [
            {
                "name": "first",
                "title": "the first step",
                "kind": "shapes",
                "outcome": "passed",
                "duration": 0.01,
                "finding": None,
                "advice": [],
            },
            {
                "name": "types",
                "title": "types",
                "kind": "typing",
                "outcome": "not reached",
                "duration": 0.0,
                "finding": None,
                "advice": [
                    {
                        "message": "`t.grad` may be None here.",
                        "mistake": None,
                        "sure": True,
                        "line": 3,
                        "source": None,
                        "evidence": {},
                    }
                ],
            },
        ],
    }


@pytest.mark.parametrize("status", ["fail", "not judged"])
def test_passed_means_that_all_passed(make_verdict: MakeVerdict, kata: Kata, status: str) -> None:
    good, bad = make_verdict(PASSED, status="pass"), make_verdict(status=status)
    assert read(to_json([(kata, good)], []))["passed"] is True
    assert read(to_json([(kata, good), (kata, bad)], []))["passed"] is False
    assert read(to_json([(kata, good)], [Refusal(kata, "It is gone.")]))["passed"] is False
    assert read(to_json([], []))["passed"] is False


def test_one_document_is_written_at_the_end(
    make_verdict: MakeVerdict, subject: Subject, kata: Kata
) -> None:
    stream = io.StringIO()
    report = JsonReport(stream)
    report.judging(subject.kata)
    report.check_ended(PASSED)
    report.judged(subject, make_verdict(PASSED, status="pass"))
    report.refused(Refusal(kata, "It is gone."))
    assert stream.getvalue() == ""
    report.finish(Onward(None, "", (0, 1), 0))
    assert read(stream.getvalue())["refused"] == [
        {"kata": "2.3.3", "slug": "manual-step", "message": "It is gone."}
    ]


def test_the_documentation_names_every_field(
    make_verdict: MakeVerdict, nasty: CheckResult, kata: Kata
) -> None:
    def keys(value: object) -> set[str]:
        if isinstance(value, dict):
            own = set() if set(value) == {"ratio", "worst", "name", "n"} else set(value)
            return own.union(*(keys(v) for v in value.values()))
        return set().union(*(keys(v) for v in value)) if isinstance(value, list) else set()

    text = (Path(__file__).parents[3] / "docs" / "json.md").read_text(encoding="utf-8")
    document = read(to_json([(kata, make_verdict(nasty))], [Refusal(kata, "It is gone.")]))
    assert [key for key in keys(document) if f"`{key}`" not in text] == []
    assert f'"version": {VERSION}' in text
