"""Work on several cores: the same results in the same order, whatever becomes of the helpers."""

import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from dojo.course import catalog
from dojo.judge.judge import Judge
from dojo.machine import cores
from dojo.request import Request
from dojo.warm.lanes import judged, side_by_side

MINI = Path(__file__).parents[1] / "mini"
ZEROS = b"import torch\ndef double(x): return torch.zeros_like(x)\n"


@dataclass(frozen=True)
class Where:
    """Says in which process it ran; may end the process, if it is not this one."""

    number: int
    home: int
    deadly: bool = False

    def __call__(self, judge: Judge) -> tuple[int, bool]:
        there = os.getpid() != self.home
        if there and self.deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        if not there:
            os.sched_yield()
        return self.number, there


@dataclass(frozen=True)
class Failing:
    """Raises wherever it runs."""

    def __call__(self, judge: Judge) -> None:
        raise LookupError("on purpose")


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    with Judge(catalog.load(MINI)) as judge:
        yield judge


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "usable", lambda: [0, 1])


@pytest.mark.usefixtures("two_cores")
def test_results_come_in_order_and_are_those_of_one_by_one(judge: Judge) -> None:
    kata = judge.catalog.katas[0]
    solution = kata.solution_path.read_bytes()
    jobs = [
        partial(judged, request=Request(kata, source, "answer.py", seed))
        for seed in range(6)
        for source in (solution, ZEROS)
    ]
    together = [(v.seed, v.status, v.digest) for v in side_by_side(jobs, judge, 36.0)]
    assert together == [(v.seed, v.status, v.digest) for v in (job(judge) for job in jobs)]
    assert {status for _, status, _ in together} == {"pass", "fail"}


@pytest.mark.usefixtures("two_cores")
def test_a_helper_that_is_killed_loses_nothing(judge: Judge) -> None:
    jobs = [Where(n, os.getpid(), deadly=True) for n in range(20_000)]
    assert [number for number, _ in side_by_side(jobs, judge, 60_000.0)] == list(range(20_000))


@pytest.mark.usefixtures("two_cores")
def test_an_exception_of_a_job_is_raised_here(judge: Judge) -> None:
    with pytest.raises(LookupError, match="on purpose"):
        list(side_by_side([Failing(), Failing()], judge, 6.0))


@pytest.mark.usefixtures("two_cores")
@pytest.mark.parametrize(("count", "seconds"), [(4, 0.1), (1, 60.0)])
def test_little_work_starts_no_process(
    judge: Judge, monkeypatch: pytest.MonkeyPatch, count: int, seconds: float
) -> None:
    monkeypatch.setattr("dojo.warm.lanes._Helper", None)
    jobs = [Where(n, os.getpid()) for n in range(count)]
    assert [there for _, there in side_by_side(jobs, judge, count * seconds)] == [False] * count
