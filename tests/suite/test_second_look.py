"""Checks that stop or hang are looked at again with the solution, before anything is said."""

import dataclasses
import textwrap
from pathlib import Path

import pytest

from dojo.course import catalog
from dojo.course.catalog import Kata
from dojo.judge.judge import Judge
from dojo.request import Request
from dojo.verdict import Verdict

FILES = {
    "katas/lesson_9_2_strange/README.md": "# 9.2 Strange\n",
    "checks/lesson_9_2_strange/k1_pair.toml": """
        id = "9.2.1"
        title = "A pair"
        minutes = 1
        brief = "Give two."
        mastered = "You can give two."
        hints = ["a", "b", "c"]
        seconds = 0.5
        """,
    "checks/lesson_9_2_strange/test_k1_pair.py": '''
        """A suite that unpacks what it was given without looking, and asks for something slow."""
        import time
        import torch
        from dojo.suite.vocabulary import Gen, Learner, close, values

        @values
        def test_first(learner: Learner, gen: Gen) -> None:
            """the first of them"""
            one, two = learner.pair(torch.tensor([1.0, 2.0]))
            close(1 / two, 0.5)

        @values
        def test_slow(learner: Learner, gen: Gen) -> None:
            """it ends"""
            close(learner.slow(torch.tensor([1.0])), [1.0])
        ''',
    "solutions/lesson_9_2_strange/k1_pair.py": '''
        """Two numbers."""
        from torch import Tensor

        def pair(x: Tensor) -> list[float]:
            """Give both."""
            # --- yours
            return x.tolist()
            # --- end

        def slow(x: Tensor) -> Tensor:
            """Give it back, later."""
            # --- yours
            import time
            end = time.thread_time() + 0.05
            while time.thread_time() < end:
                pass
            return x
            # --- end
        ''',
}


@pytest.fixture(scope="module")
def kata(tmp_path_factory: pytest.TempPathFactory) -> Kata:
    root: Path = tmp_path_factory.mktemp("strange")
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text).lstrip(), encoding="utf-8")
    return catalog.load(root).kata("9.2.1")


def judged(judge: Judge, kata: Kata, old: str, new: str) -> Verdict:
    source = kata.solution_path.read_text(encoding="utf-8")
    assert old in source
    return judge.check(Request(kata, source.replace(old, new).encode(), "answer.py", seed=0))


@pytest.mark.parametrize("returned", ["[1.0]", "[1.0, 0.0]", "[1.0, 2.0, 3.0]"])
def test_what_stops_the_suite_is_the_answers_doing(judge: Judge, kata: Kata, returned: str) -> None:
    verdict = judged(judge, kata, "x.tolist()", returned)
    assert verdict.status == "fail"
    assert "can't go on with" in verdict.findings[0].message


def test_a_suite_that_stops_with_the_solution_too_judges_nothing(judge: Judge, kata: Kata) -> None:
    suite = kata.suite_path.read_text(encoding="utf-8")
    kata.suite_path.write_text(suite.replace("1 / two", "one / 0"), encoding="utf-8")
    try:
        assert judged(judge, kata, "x.tolist()", "[1.0]").status == "not judged"
    finally:
        kata.suite_path.write_text(suite, encoding="utf-8")


def test_slow_is_told_from_endless(judge: Judge, kata: Kata) -> None:
    slow = judged(judge, kata, "+ 0.05", "+ 30").findings[0]
    assert "too slow" in slow.message
    assert slow.mistake == "too-slow"
    endless = judged(judge, kata, "return x.tolist()", "while True: pass").findings[0]
    assert "A loop that never ends?" in endless.message


def test_an_answer_that_is_as_slow_as_the_solution_passes(judge: Judge, kata: Kata) -> None:
    patient = dataclasses.replace(kata, seconds=5.0)
    request = Request(patient, kata.solution_path.read_bytes(), "answer.py", seed=0)
    assert judge.check(request).passed
