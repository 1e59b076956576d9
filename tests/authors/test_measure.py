"""`kata dev measure` finds the worst of what a suite measures."""

import math
import shutil
from pathlib import Path

import pytest

from dojo.authors import scaffold
from dojo.authors.measure import jobs, joined
from dojo.course.catalog import load
from dojo.judge.judge import Judge
from dojo.suite.measuring import Measure, listening, measured

SUITE = "checks/lesson_1_2_lines/test_k1_mean_of_squares.py"


@pytest.mark.parametrize(
    ("measure", "used"),
    [
        (Measure("x", 3.0, 4.0, None), 0.75),
        (Measure("x", 4.0, None, 3.0), 0.75),
        (Measure("x", 8.0, 4.0, None), 2.0),
        (Measure("x", math.nan, 4.0, None), math.inf),
        (Measure("x", 0.0, None, 3.0), math.inf),
        (Measure("x", 5.0, None, None), 0.0),
    ],
)
def test_how_much_of_a_limit_is_used(measure: Measure, used: float) -> None:
    assert measure.used == used


def test_what_is_measured_is_heard_by_who_listens() -> None:
    assert measured("x", 1.0) == 1.0
    with listening() as heard:
        measured("y", 2.0, most=3.0)
    measured("z", 4.0)
    assert heard == [Measure("y", 2.0, 3.0, None)]


def test_the_worst_of_all_right_answers_is_found(tmp_path: Path, judge: Judge) -> None:
    root = tmp_path / "course"
    scaffold.create(root, "1.2.1", "mean-of-squares", "lines")
    suite = root / SUITE
    text = suite.read_text(encoding="utf-8")
    text = text.replace("close, shapes", "close, measured, shapes").replace(
        "        x = _table(gen, n, d)\n",
        "        x = _table(gen, n, d)\n"
        "        measured('rows', float(n), most=24)\n"
        "        measured('the smallest entry', float(learner.mean_of_squares(x).min()))\n",
    )
    suite.write_text(text, encoding="utf-8")
    kata = load(root).katas[0]
    shutil.copy(kata.solution_path, kata.base_path("again"))
    found = joined([job(judge) for job in jobs(kata, range(2))])
    assert (found[0].measure.name, found[0].measure.value) == ("rows", 12.0)
    assert found[0].seen >= 24  # four answers, two seeds, three sizes
    assert found[1].measure.name == "the smallest entry"
    assert found[0].measure.used == 0.5


def test_an_answer_that_fails_is_told(tmp_path: Path, judge: Judge) -> None:
    root = tmp_path / "course"
    scaffold.create(root, "1.2.1", "mean-of-squares", "lines")
    kata = load(root).katas[0]
    kata.base_path("loop").write_text("def mean_of_squares(x): return x\n", encoding="utf-8")
    failed = {job.path.name: job(judge).failed for job in jobs(kata, range(2))}
    assert failed[kata.base_path("loop").name] == (0, 1)
    assert failed[kata.solution_path.name] == ()
