"""`kata dev try` shows what a learner would read."""

from pathlib import Path

import pytest

from dojo.authors.trial import TryJob, answer_of
from dojo.course.catalog import Kata
from dojo.errors import UsageError
from dojo.judge.judge import Judge


def test_an_answer_is_a_mistake_an_alternative_the_solution_or_a_file(
    grads: Kata, tmp_path: Path
) -> None:
    solution = grads.solution_path.read_bytes()
    assert answer_of(grads, None).source == solution
    assert b"return -2" in answer_of(grads, "sign").source
    assert b"# ---" not in answer_of(grads, "sign").source
    file = tmp_path / "mine.py"
    file.write_bytes(b"x = 1")
    assert answer_of(grads, str(file)).source == b"x = 1"
    how = grads.alternative_paths[0].stem.partition("__")[2]
    assert answer_of(grads, how).source == grads.alternative_paths[0].read_bytes()


def test_what_is_none_of_these_is_told_with_the_nearest(grads: Kata) -> None:
    with pytest.raises(UsageError, match="The nearest is 'sum-for-mean'"):
        answer_of(grads, "sum-for-men")


def test_each_mistake_is_shown_with_its_first_finding(grads: Kata, judge: Judge) -> None:
    rows = TryJob(grads, grads.mistakes(), 3)(judge)
    assert [r.mistake.id for r in rows] == [m.id for m in grads.mistakes()]
    assert all(r.finding is not None and r.finding.mistake == r.mistake.id for r in rows)
    assert all(r.mistake.says in r.finding.message for r in rows if r.finding is not None)
