"""One file on its seeds: the judgements share a learner process, and none is told otherwise."""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest

from dojo.course.catalog import Catalog, Kata
from dojo.grade.unit import GradeJob
from dojo.judge.judge import Judge
from dojo.request import Request
from dojo.verdict import Verdict
from dojo.wall.process import LearnerProcess
from dojo.wall.starter import Starter

SEEDS = (5, 6, 7)


class Script:
    """A judge that fails at some seeds: in a process that was used, or in a fresh one as well."""

    def __init__(self, used: str, fresh: str) -> None:
        self._used, self._fresh = used, fresh
        self._inside = False
        self.asked: list[tuple[int, bool]] = []

    @contextlib.contextmanager
    def one_file(self) -> Iterator[None]:
        self._inside = True
        yield
        self._inside = False

    def check(self, request: Request) -> Verdict:
        assert request.seed is not None
        self.asked.append((request.seed, self._inside))
        fails = str(request.seed) in (self._used if self._inside else self._fresh)
        where = "used" if self._inside else "fresh"
        status = "fail" if fails else "pass"
        return Verdict(request.kata.id, status, "", request.seed, "full", (), output=where)


@pytest.mark.parametrize(
    ("used", "fresh", "told", "seeds"),
    [
        ("", "", (5, "pass", "used"), SEEDS),
        ("5", "5", (5, "fail", "used"), (5,)),  # the first is judged in a fresh process anyway
        ("6", "6", (6, "fail", "fresh"), (5, 6)),
        ("6", "", (5, "pass", "used"), SEEDS),
        ("6", "7", (7, "fail", "fresh"), SEEDS),
        ("7", "7", (7, "fail", "fresh"), SEEDS),
    ],
)
def test_what_a_used_process_refuses_a_fresh_one_decides(
    grads: Kata, used: str, fresh: str, told: tuple[int, str, str], seeds: tuple[int, ...]
) -> None:
    script = Script(used, fresh)
    grading = GradeJob(grads, b"", SEEDS)(cast(Any, script))
    verdict = grading.verdict
    assert (verdict.seed, verdict.status, verdict.output) == told
    assert grading.seeds == seeds


def test_a_right_answer_takes_one_learner_process(
    mini: Catalog, judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[LearnerProcess] = []
    take: Callable[[Starter], LearnerProcess] = Starter._take_ahead

    def note(starter: Starter) -> LearnerProcess:
        taken.append(take(starter))
        return taken[-1]

    monkeypatch.setattr(Starter, "_take_ahead", note)
    kata = mini.kata("9.1.1")
    for _ in range(2):
        assert GradeJob(kata, kata.solution_path.read_bytes(), SEEDS)(judge).verdict.passed
    assert len(taken) == 2
    judge.check(Request(kata, kata.solution_path.read_bytes(), "k1.py", 5))
    assert len(taken) == 3


def test_an_answer_that_a_process_can_load_only_so_often_passes(
    mini: Catalog, judge: Judge
) -> None:
    kata = mini.kata("9.1.1")
    first = b"import math\nmath.loads = getattr(math, 'loads', 0) + 1\nassert math.loads < 9\n"
    assert GradeJob(kata, first + kata.solution_path.read_bytes(), SEEDS)(judge).verdict.passed


def test_what_no_seed_changes_is_judged_once(judge: Judge, grads: Kata) -> None:
    source = grads.solution_path.read_bytes()
    names: list[set[str]] = []
    with judge.one_file():
        for seed in SEEDS:
            verdict = judge.check(Request(grads, source, "answer.py", seed))
            assert verdict.passed
            names.append({c.name for c in verdict.checks})
    assert names[0] - names[1] == {"constraints", "everyday", "typing"}
    assert names[1] == names[2]
    assert names[0] == {c.name for c in judge.check(Request(grads, source, "answer.py", 5)).checks}


def test_empty_folders_are_used_again_and_others_are_not(judge: Judge, grads: Kata) -> None:
    text = grads.solution_path.read_text()
    keeps = text + "\nimport os\nprint(os.listdir())\nopen('left', 'w').close()\n"
    looks = text + "\nimport os\nprint(os.listdir())\n"
    for source in (keeps, looks):
        verdict = judge.check(Request(grads, source.encode(), "answer.py", 5))
        assert verdict.passed
        assert set(verdict.output.split("\n")) == {"[]", ""}
