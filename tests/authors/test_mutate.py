"""`kata dev mutate` lists what a suite accepts; a reason on the card takes it off the list."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from dojo.authors.mutate import Mutation, jobs, sum_up
from dojo.course.catalog import Catalog, Kata, load
from dojo.course.derive import learners_lines
from dojo.errors import UsageError
from dojo.judge.judge import Judge
from dojo.request import Request
from dojo.verdict import Verdict

LESSON = "lesson_9_1_engine"
STEM = "k1_column_grads"


@pytest.fixture
def kata(tmp_path: Path, mini: Catalog) -> Kata:
    """A kata in whose solution something could as well be otherwise."""
    for part, name in (
        ("checks", f"{STEM}.toml"),
        ("checks", f"test_{STEM}.py"),
        ("solutions", f"{STEM}.py"),
    ):
        target = tmp_path / part / LESSON / name
        target.parent.mkdir(parents=True, exist_ok=True)
        text = (mini.root / part / LESSON / name).read_text(encoding="utf-8")
        text = text.replace("n = x.shape[0]", "n = max(1, x.shape[0])")
        target.write_text(text, encoding="utf-8")
    return load(tmp_path).katas[0]


def mutation(kata: Kata, judge: Judge) -> Mutation:
    return sum_up(kata, [(job, job(judge)) for job in jobs(kata, range(1))])


def test_survivors_are_listed_until_a_reason_is_given(kata: Kata, judge: Judge) -> None:
    found = mutation(kata, judge)
    news = [a.change.new for a in found.survivors]
    assert "n = max(0, x.shape[0])" in news
    assert "n = max(1, x.shape[1])" not in news
    assert found.explained == 0
    tables = "\n".join(a.toml.replace('""', '"the same"') for a in found.survivors)
    with kata.survivors_path.open("a", encoding="utf-8") as kept:
        kept.write(f"\n{tables}")
    again = mutation(kata, judge)
    assert again.survivors == ()
    assert again.explained == len(found.survivors) > 0
    assert again.stale == ()


def test_a_reason_can_be_given_for_any_change_of_a_line(kata: Kata, judge: Judge) -> None:
    with kata.survivors_path.open("a", encoding="utf-8") as kept:
        kept.write('\n[[survivor]]\nlines = ["n = max(1, x.shape[0])"]\nwhy = "n is never 0"\n')
    found = mutation(kata, judge)
    assert found.survivors == found.stale == ()
    assert found.explained > 0


def test_a_reason_that_nothing_needs_is_listed(kata: Kata, judge: Judge) -> None:
    with kata.survivors_path.open("a", encoding="utf-8") as kept:
        kept.write('\n[[survivor]]\nedits = [["n = x.shape[0]", "n = x.shape[1]"]]\nwhy = "?"\n')
    assert [s.why for s in mutation(kata, judge).stale] == ["?"]


class NotJudging:
    """A judge that judges the solution alone."""

    @contextlib.contextmanager
    def proving(self, wrong: bool = False, brief: bool = False) -> Iterator[None]:
        yield

    def check(self, request: Request, explained: bool = True) -> Verdict:
        kata, seed = request.kata, request.seed or 0
        right = request.source == kata.solution_path.read_bytes()
        reason = None if right else "no process can be started"
        return Verdict(kata.id, "pass" if right else "not judged", "", seed, "", (), reason=reason)


def test_what_is_not_judged_is_listed_with_the_reason(kata: Kata) -> None:
    found = mutation(kata, cast("Judge", NotJudging()))
    assert len(found.survivors) == found.made > 0
    assert {a.trouble for a in found.survivors} == {"no process can be started"}


def test_the_learners_lines_are_those_between_the_marks() -> None:
    assert learners_lines("a\n# --- yours\nb\n# --- end\nc") == {2, 3}
    assert learners_lines("a\nb") == {1, 2}


def test_nothing_is_said_of_a_solution_that_fails(kata: Kata, judge: Judge) -> None:
    text = kata.solution_path.read_text(encoding="utf-8")
    kata.solution_path.write_text(text.replace("return 2", "return 3"), encoding="utf-8")
    with pytest.raises(UsageError, match="solution itself is not accepted"):
        mutation(kata, judge)
