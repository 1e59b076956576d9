"""GitHub Actions: annotations at the learner's lines, a summary, and no orders from an answer."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dojo.course.catalog import Kata
from dojo.desk.onward import Onward
from dojo.desk.subject import Refusal, Subject
from dojo.screens.formats import github
from dojo.screens.formats.github import GithubReport
from dojo.verdict import CheckResult, Finding, Verdict

MakeVerdict = Callable[..., Verdict]
ORDER = re.compile(r"::error (?P<words>[^:]*)::(?P<message>[^:].*)")
EVIL = "50 %: a,\r\n::set-output name=x::y ##[add-mask]z"


@pytest.fixture
def summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "summary.md"
    path.write_text("before\n")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    return path


def printed(*verdicts: tuple[Subject, Verdict], refusals: tuple[Refusal, ...] = ()) -> list[str]:
    stream = io.StringIO()
    report = GithubReport(stream)
    for subject, verdict in verdicts:
        report.judged(subject, verdict)
    for refusal in refusals:
        report.refused(refusal)
    report.finish(Onward(None, "", (0, 1), 0))
    assert stream.getvalue().endswith("\n")
    return stream.getvalue().splitlines()


def failed(message: str, line: int | None = 3, mistake: str | None = None) -> CheckResult:
    finding = Finding(message, mistake=mistake, line=line)
    return CheckResult("a", "the step, exactly: 1", "values", "failed", finding)


def test_a_finding_stands_at_its_line(
    make_verdict: MakeVerdict, subject: Subject, summary: Path
) -> None:
    _, annotation = printed((subject, make_verdict(failed("Twice\nas large."))))
    assert annotation == (
        "::error file=katas/lesson_2_3_from_scratch/k3_manual_step.py,line=3,"
        "title=2.3.3 the step%2C exactly%3A 1::Twice%0Aas large."
    )


def test_one_cause_is_told_once_and_each_kata_before_any_twice(
    make_verdict: MakeVerdict, subject: Subject, summary: Path
) -> None:
    verdict = make_verdict(failed("A.", mistake="m"), failed("B.", mistake="m"), failed("C.", None))
    lines = printed((subject, verdict), (subject, verdict))[2:]
    assert [x.rpartition("::")[2] for x in lines] == ["A.", "A.", "C.", "C."]
    assert "line=" not in lines[-1]


def test_nothing_of_an_answer_is_an_order(
    make_verdict: MakeVerdict, subject: Subject, kata: Kata, nasty: CheckResult, summary: Path
) -> None:
    named = replace(subject, shown="::set-output name=x::y,%.py", path=Path("/elsewhere/x.py"))
    lines = printed(
        (named, make_verdict(failed(EVIL), nasty, output=EVIL)),
        (subject, make_verdict(status="not judged", reason=EVIL)),
        refusals=(Refusal(kata, EVIL),),
    )
    orders = [x for x in lines if x.strip().startswith("::")]
    assert len(orders) == len(lines) - 3
    for line in orders:
        found = ORDER.fullmatch(line)
        assert found is not None
        keys = [word.partition("=")[0] for word in found["words"].split(",")]
        assert keys in (["file", "line", "title"], ["title"])
        assert "\x1b" not in line
    assert "%25" in orders[0]
    assert "%0A::set-output" in orders[0]
    text = summary.read_text("utf-8")
    assert "\x1b" not in text
    assert text.startswith("before\n")


def test_the_summary_shows_what_a_terminal_does_and_means_nothing_else(
    make_verdict: MakeVerdict, subject: Subject, summary: Path
) -> None:
    evil = "<img src=x onerror=alert(1)> | **a** @everyone ```\n```"
    printed((subject, make_verdict(failed(evil), output=evil)))
    head, fence, rest = summary.read_text("utf-8").partition("````text\n")
    assert "0 of 1 kata passed" in head
    assert "no grade" in head
    assert fence
    assert "<img" not in head
    assert rest.count("````") == 1
    assert rest.endswith("````\n")


def test_a_pass_and_an_untouched_stub_are_no_errors(
    make_verdict: MakeVerdict, subject: Subject, summary: Path
) -> None:
    lines = printed(
        (subject, make_verdict(status="pass")),
        (replace(subject, untouched=True), make_verdict(failed("A."))),
    )
    assert [x.rpartition(": ")[2] for x in lines] == ["passed", "not begun"]
    assert "not begun" in summary.read_text("utf-8")


def test_a_summary_fits_whatever_is_in_it(
    make_verdict: MakeVerdict, subject: Subject, summary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert github.MOST_SUMMARY < 2**20
    monkeypatch.setattr(github, "MOST_SUMMARY", 20_000)
    verdict = make_verdict(failed("ä" * 1000))
    printed(*[(subject, verdict)] * 15)
    assert 15_000 < summary.stat().st_size < 20_100
    assert "more not shown here" in summary.read_text("utf-8")


def test_it_works_without_github(
    make_verdict: MakeVerdict, subject: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    lines = printed((subject, make_verdict(failed("A."))))
    assert f"file={subject.shown}," in lines[1]


def test_a_terminal_gives_no_orders_either(
    make_verdict: MakeVerdict, subject: Subject, summary: Path
) -> None:
    from dojo.screens import verdicts
    from dojo.screens.terminal import Terminal

    stream = io.StringIO()
    verdicts.body(Terminal(stream), subject, make_verdict(failed(EVIL), output=EVIL))
    assert "set-output" in stream.getvalue()
    assert not [x for x in stream.getvalue().splitlines() if x.strip().startswith("::")]
    assert "##[" not in stream.getvalue()
