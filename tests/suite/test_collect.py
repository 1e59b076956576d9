"""Suites are read once and carried out often, with the same words each time."""

import os
from pathlib import Path
from shutil import copytree

import pytest

from dojo.course.catalog import Kata, load
from dojo.judge.judge import Judge
from dojo.request import Request
from dojo.verdict import Verdict
from tests.conftest import MINI

HEAD = '''"""9.1.1: a suite of this test's."""

import pytest

from dojo.suite.vocabulary import Gen, Learner, close, require, values

'''
HOLDS = '''
@values
def test_holds(learner: Learner, gen: Gen) -> None:
    """it holds"""
    learner.column_grads(gen.randn(7, 3), gen.randn(3))

'''
REFUSES = '''
@values
def test_refuses(learner: Learner, gen: Gen) -> None:
    """refuses"""
    with pytest.raises(ValueError):
        learner.column_grads(gen.randn(7, 3), gen.randn(3))

'''

IN_BOTH = '''
@values
def test_both(learner: Learner, gen: Gen) -> None:
    """right in float32 and in float64"""
    x, w = gen.randn(7, 3), gen.randn(3)
    want = 2 * x.T @ (x @ w) / 7
    require(bool((learner.column_grads(x.float(), w.float()) - want).norm() < 1e-3), "No.")
    close(learner.column_grads(x, w), want)

'''


@pytest.fixture
def kata(tmp_path: Path) -> Kata:
    """A kata whose suite a test may write."""
    copytree(MINI, tmp_path / "content")
    return load(tmp_path / "content").kata("9.1.1")


def _write(kata: Kata, checks: str, turn: int = 1) -> None:
    kata.suite_path.write_text(HEAD + HOLDS + checks, encoding="utf-8")
    os.utime(kata.suite_path, ns=(turn, turn))


def _check(judge: Judge, kata: Kata, source: bytes | None = None) -> Verdict:
    source = source or kata.solution_path.read_bytes()
    return judge.check(Request(kata, source, "answer.py", seed=5))


def _rows(verdict: Verdict) -> list[tuple[str, str, str, str]]:
    return [(c.name, c.title, c.kind, c.outcome) for c in verdict.checks]


def test_the_second_time_is_as_the_first(kata: Kata) -> None:
    wrong = kata.solution_path.read_bytes().replace(b"2 *", b"3 *")
    with Judge(load(kata.root)) as judge:
        first = [_check(judge, kata), _check(judge, kata, wrong)]
        second = [_check(judge, kata), _check(judge, kata, wrong)]
    assert [v.status for v in first] == ["pass", "fail"]
    assert [_rows(v) for v in first] == [_rows(v) for v in second]
    assert [v.findings for v in first] == [v.findings for v in second]


def test_an_edited_suite_is_read_anew(judge: Judge, kata: Kata) -> None:
    _write(kata, "", turn=1)
    assert _check(judge, kata).passed
    assert _check(judge, kata).passed
    _write(
        kata,
        '\n@values\ndef test_new(learner):\n    """new"""\n    require(False, "No.")\n',
        turn=2,
    )
    assert [f.message for f in _check(judge, kata).findings] == ["No."]


def test_pytest_s_own_failures_are_failures(judge: Judge, kata: Kata) -> None:
    _write(kata, REFUSES)
    verdict = _check(judge, kata)
    assert verdict.status == "fail"
    assert [c.outcome for c in verdict.checks if c.name == "refuses"] == ["failed"]


def test_a_check_that_skips_itself_is_not_judged(judge: Judge, kata: Kata) -> None:
    _write(kata, '\n@values\ndef test_later(learner):\n    """later"""\n    pytest.skip("later")\n')
    assert _check(judge, kata).status == "not judged"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("import nothing_of_this_name", "can't be read"),
        ('"""Nothing."""', "has no check"),
        ("def test_it(other):\n    pass", "missing 1 required positional argument: 'other'"),
        ("import pytest\n@pytest.mark.skip\ndef test_it():\n    x", "name 'x' is not defined"),
    ],
)
def test_a_suite_of_another_form_is_not_judged(
    judge: Judge, kata: Kata, text: str, words: str
) -> None:
    kata.suite_path.write_text(text, encoding="utf-8")
    verdict = _check(judge, kata)
    assert verdict.status == "not judged"
    assert verdict.reason is not None
    assert words in verdict.reason


@pytest.mark.parametrize("passes", [False, True])
def test_an_answer_in_the_float32_that_was_sent_is_no_excuse(
    judge: Judge, kata: Kata, passes: bool
) -> None:
    _write(kata, IN_BOTH)
    text = kata.solution_path.read_bytes()
    if not passes:
        text = text.replace(b"2 *", b"2.00002 *")
    assert _check(judge, kata, text).passed is passes


def test_a_verdict_states_how_many_checks_its_suite_has(judge: Judge, kata: Kata) -> None:
    _write(kata, REFUSES)
    verdict = _check(judge, kata)
    assert verdict.declared == len(verdict.checks) == 6


@pytest.mark.parametrize("body", [None, "raise ValueError"], ids=["right", "wrong"])
def test_fewer_checks_than_the_suite_has_are_no_verdict(
    judge: Judge, kata: Kata, body: str | None
) -> None:
    # The first is lost to the second of its name.
    _write(kata, HOLDS)
    text = None if body is None else f"def column_grads(x, w):\n    {body}\n".encode()
    verdict = _check(judge, kata, text)
    assert verdict.status == "not judged"
    assert verdict.reason == "Only 5 of the 6 checks of this suite could be carried out."


def test_what_is_asked_of_pytest_elsewhere_counts_for_nothing(
    judge: Judge, kata: Kata, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_ADDOPTS", "-k holds -n auto")
    monkeypatch.setenv("PYTEST_PLUGINS", "no_such_plugin")
    _write(kata, REFUSES)
    verdict = _check(judge, kata)
    assert [c.name for c in verdict.checks if c.kind == "values"] == ["holds", "refuses"]
    assert os.environ["PYTEST_ADDOPTS"] == "-k holds -n auto"
