"""The judge in a process beside the screen: the newest request wins, and nothing stays behind."""

import os
import queue
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dojo.course.catalog import Catalog, Kata
from dojo.request import Request
from dojo.warm.newest_wins import Broken, Ended, Event, Judged, NewestWins, Warm

ENDLESS = b"while True:\n    pass\n"


class Elsewhere:
    def __init__(self, catalog: Catalog) -> None:
        self.events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self.judge = NewestWins(catalog, self.events.put)

    def until_judged(self) -> tuple[Judged, list[Event]]:
        """The next verdict, and what came before it."""
        before: list[Event] = []
        while True:
            event = self.events.get(timeout=120)
            if isinstance(event, Judged):
                return event, before
            assert not isinstance(event, Broken), event.reason
            before.append(event)


@pytest.fixture(scope="module")
def elsewhere(mini: Catalog) -> Iterator[Elsewhere]:
    elsewhere = Elsewhere(mini)
    yield elsewhere
    pid = elsewhere.judge.pid
    elsewhere.judge.close()
    assert pid is not None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_request_brings_checks_and_a_verdict(elsewhere: Elsewhere, grads: Kata) -> None:
    solution = grads.solution_path.read_bytes()
    number = elsewhere.judge.request(Request(grads, solution, "answer.py", seed=3))
    judged, before = elsewhere.until_judged()
    assert (judged.number, judged.verdict.status, judged.verdict.seed) == (number, "pass", 3)
    assert isinstance(before[0], Warm)
    names = [e.result.name for e in before if isinstance(e, Ended)]
    assert names == [c.name for c in judged.verdict.checks]


@pytest.mark.skipif(not hasattr(signal, "SIGUSR1"), reason="without signals one waits")
def test_a_newer_request_overtakes_an_endless_answer(elsewhere: Elsewhere, grads: Kata) -> None:
    elsewhere.judge.request(Request(grads, ENDLESS, "answer.py"))
    solution = grads.solution_path.read_bytes()
    number = elsewhere.judge.request(Request(grads, solution, "answer.py"))
    judged, before = elsewhere.until_judged()
    assert (judged.number, judged.verdict.status) == (number, "pass")
    assert all(e.number == number for e in before if isinstance(e, Ended))


def test_of_many_requests_the_last_is_answered(elsewhere: Elsewhere, grads: Kata) -> None:
    solution = grads.solution_path.read_bytes()
    for n in range(20):
        number = elsewhere.judge.request(Request(grads, solution + b"#%d" % n, "answer.py"))
    judged, _ = elsewhere.until_judged()
    while judged.number != number:  # those that were quick enough
        judged, _ = elsewhere.until_judged()
    assert judged.verdict.passed


def test_a_killed_judge_is_started_again(elsewhere: Elsewhere, grads: Kata) -> None:
    assert elsewhere.judge.pid is not None
    os.kill(elsewhere.judge.pid, signal.SIGKILL)
    solution = grads.solution_path.read_bytes()
    number = elsewhere.judge.request(Request(grads, solution, "answer.py"))
    judged, _ = elsewhere.until_judged()
    assert (judged.number, judged.verdict.status) == (number, "pass")


def test_a_judge_that_can_not_start_says_so(mini: Catalog) -> None:
    elsewhere = Elsewhere(replace(mini, root=Path("/" + "x" * 5000)))
    events = [elsewhere.events.get(timeout=120)]
    elsewhere.judge.close()
    assert isinstance(events[0], Broken)
    assert "pack.toml can't be read" in events[0].reason


@pytest.mark.skipif(not hasattr(signal, "SIGUSR1"), reason="without signals one waits")
def test_saves_while_pytorch_is_loading_end_nothing(mini: Catalog, grads: Kata) -> None:
    elsewhere = Elsewhere(mini)
    pid = elsewhere.judge.pid
    solution = grads.solution_path.read_bytes()
    numbers = [elsewhere.judge.request(Request(grads, solution, "a.py")) for _ in range(3)]
    assert elsewhere.events.empty()  # it is far from warm
    judged, _ = elsewhere.until_judged()
    assert (judged.number, elsewhere.judge.pid) == (numbers[-1], pid)
    elsewhere.judge.close()


@pytest.mark.skipif(os.name == "nt", reason="kills")
def test_a_judge_that_is_killed_again_and_again_says_so_and_tries_anew(
    mini: Catalog, grads: Kata
) -> None:
    elsewhere = Elsewhere(mini)
    killed: set[int | None] = set()
    while elsewhere.events.empty():
        if (pid := elsewhere.judge.pid) not in killed and pid is not None:
            os.kill(pid, signal.SIGKILL)
            killed.add(pid)
        time.sleep(0.01)
    broken = elsewhere.events.get()
    assert isinstance(broken, Broken)
    assert "ended 4 times in a row. The system ended it, as it does when memory is full." in (
        broken.reason
    )
    number = elsewhere.judge.request(Request(grads, grads.solution_path.read_bytes(), "a.py"))
    judged, _ = elsewhere.until_judged()
    assert (judged.number, judged.verdict.status) == (number, "pass")
    elsewhere.judge.close()


def test_an_answer_with_an_optimizer_gets_a_judge_that_is_ready_for_it(
    elsewhere: Elsewhere, grads: Kata
) -> None:
    before = elsewhere.judge.pid
    solution = grads.solution_path.read_bytes() + b"\n# torch.optim\n"
    number = elsewhere.judge.request(Request(grads, solution, "answer.py"))
    judged, _ = elsewhere.until_judged()
    assert (judged.number, judged.verdict.status) == (number, "pass")
    assert elsewhere.judge.pid != before
