"""What a save sets off: one judgement of the newest file, and nothing of an older one."""

import queue
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dojo.desk.desk import Desk
from dojo.warm.newest_wins import Broken, Ended, Judged
from dojo.watch.session import Session

from .conftest import FakeElsewhere, verdict_on

Queue = queue.SimpleQueue[Callable[[], None]]


class Bench:
    """A session whose posted functions run when a test says so."""

    def __init__(self, desk: Desk, events: bool = True) -> None:
        self.desk = desk
        self.posted: Queue = queue.SimpleQueue()
        self.judges: list[FakeElsewhere] = []

        def make(catalog: object, tell: Callable[..., None]) -> FakeElsewhere:
            self.judges.append(FakeElsewhere(desk.catalog, tell))
            return self.judges[-1]

        kata = desk.catalog.katas[0]
        self.stub = desk.workspace.stub(kata)
        self.session = Session(desk, kata, self.posted.put, lambda: None, events, make)

    def settle(self) -> None:
        """Run what is posted already."""
        while not self.posted.empty():
            self.posted.get()()

    def until(self, condition: Callable[[], bool]) -> None:
        """Run what is posted until a condition holds."""
        deadline = time.monotonic() + 20
        while not condition():
            assert time.monotonic() < deadline
            self.posted.get(timeout=60)()

    @property
    def judge(self) -> FakeElsewhere:
        return self.judges[0]


@pytest.fixture(params=["events", "polling"])
def bench(desk: Desk, request: pytest.FixtureRequest) -> Iterator[Bench]:
    bench = Bench(desk, request.param == "events")
    yield bench
    bench.session.close()
    assert bench.judge.closed


def test_the_file_is_judged_at_once_and_at_every_save(bench: Bench) -> None:
    bench.settle()
    state = bench.session.state
    assert (state.phase, state.saves) == ("done", 1)
    bench.stub.write_text("RIGHT")
    bench.until(lambda: state.saves == 2)
    assert state.passed
    assert bench.judge.requests[-1].source == b"RIGHT"


def test_a_file_saved_by_renaming_is_seen(bench: Bench, tmp_path: Path) -> None:
    bench.settle()
    fresh = tmp_path / "fresh.py"
    fresh.write_text("RIGHT by renaming")
    fresh.replace(bench.stub)
    bench.until(lambda: bench.session.state.saves == 2)
    assert bench.session.state.passed


def test_a_deleted_file_is_said_and_judged_again_when_it_is_back(bench: Bench) -> None:
    bench.settle()
    state = bench.session.state
    bench.stub.unlink()
    bench.until(lambda: state.phase == "refused")
    assert "kata reset" in state.trouble
    bench.stub.write_text("RIGHT")
    bench.until(lambda: state.passed)
    assert state.trouble == ""


def test_many_saves_end_with_the_verdict_on_the_last(bench: Bench) -> None:
    bench.settle()
    for number in range(10):
        bench.stub.write_text(f"SLOW {number}")
    bench.stub.write_text("RIGHT at last")
    bench.until(lambda: bench.session.state.passed)
    assert bench.session.state.shown is not None
    assert bench.session.state.shown.subject.source == b"RIGHT at last"


def test_polling_is_said(desk: Desk) -> None:
    bench = Bench(desk, events=False)
    bench.until(lambda: bench.session.state.polling)
    bench.session.close()


def test_what_is_late_is_not_shown(bench: Bench) -> None:
    bench.stub.write_text("SLOW")
    bench.session.look()
    bench.settle()
    state, jobs = bench.session.state, bench.judge.requests
    assert state.phase == "judging"
    late = len(jobs)
    bench.stub.write_text("RIGHT")
    bench.session.look()
    bench.settle()
    shown = state.shown
    old = verdict_on(jobs[late - 1])
    bench.judge.tell(Judged(late, old))
    bench.judge.tell(Ended(late, old.checks[-1]))
    bench.settle()
    assert state.shown is shown
    assert state.passed
    assert all(c.outcome == "passed" for c in state.checks)


def test_the_last_verdict_stays_while_a_newer_one_is_awaited(bench: Bench) -> None:
    bench.settle()
    before = bench.session.state.shown
    bench.stub.write_text("SLOW")
    bench.session.look()
    bench.settle()
    assert bench.session.state.phase == "judging"
    assert bench.session.state.shown is before
    assert [c.name for c in bench.session.state.checks][:1] == ["load"]


def test_attempts_are_kept_and_count(bench: Bench) -> None:
    bench.stub.write_text("RIGHT")
    bench.session.look()
    bench.settle()
    kata = bench.session.state.kata
    assert bench.session.progress.is_done(kata)
    assert bench.desk.log.read().is_done(kata)
    last = bench.session.progress.of(kata).last
    assert last is not None
    assert bench.desk.log.version(last.digest) == b"RIGHT"


def test_a_read_only_folder_is_said_and_stops_nothing(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    bench.settle()
    monkeypatch.setattr(type(bench.desk.log), "add_attempt", refuse)
    bench.stub.write_text("RIGHT")
    bench.session.look()
    bench.settle()
    assert bench.session.state.passed
    assert "can't be saved" in bench.session.state.unsaved


def test_another_kata_starts_afresh(bench: Bench) -> None:
    bench.settle()
    other = bench.session.neighbour(1)
    assert other is not None
    bench.session.open(other)
    bench.settle()
    assert bench.session.state.kata is other
    assert bench.judge.requests[-1].kata is other
    assert bench.session.neighbour(-1) is bench.desk.catalog.katas[0]
    assert bench.session.neighbour(2) is None


def test_hints_come_one_by_one_and_are_remembered(bench: Bench) -> None:
    kata = bench.session.state.kata
    assert [bench.session.another_hint() for _ in range(5)] == [1, 2, 3, 3, 3]
    assert bench.desk.log.read().of(kata).hints == 3


def test_a_judge_that_breaks_says_so(bench: Bench) -> None:
    bench.settle()
    bench.judge.tell(Broken("It ended again and again."))
    bench.settle()
    assert (bench.session.state.phase, bench.session.state.trouble) == (
        "broken",
        "It ended again and again.",
    )
