"""What an answer may use: processor time and sleep count, waiting for a processor doesn't."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from dojo.wall.allowance import LOAD, Budget, Meter, TooMuch, Watch, meters_of

linux = pytest.mark.skipif(sys.platform != "linux", reason="processor time is told on Linux")


@contextlib.contextmanager
def process(code: str) -> Iterator[int]:
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as started:
        assert started.stdout is not None
        started.stdout.readline()  # it has begun
        yield started.pid
        started.kill()


def followed(pid: int, seconds: float, meters: tuple[Meter, ...] = ()) -> Watch:
    """A watch that was looked at until it said that nothing is left to do."""
    ended: list[str] = []
    watch = Watch(pid, seconds, meters, lambda: ended.append("warned"), lambda: None, 0.01)
    while (delay := watch.look()) is not None:
        time.sleep(delay)
    assert ended == ["warned"]
    return watch


WORKS = "print(flush=True)\nwhile True: pass"
SLEEPS = "import time; print(flush=True)\nwhile True: time.sleep(0.01)"


@linux
@pytest.mark.parametrize("code", [WORKS, SLEEPS])
def test_work_and_sleep_are_ended(code: str) -> None:
    with process(code) as pid:
        assert followed(pid, 0.3).over == "used up"


@linux
def test_waiting_for_a_processor_costs_nothing() -> None:
    # As many as there are processors, four times over: each gets a quarter of the time.
    with contextlib.ExitStack() as stack:
        pids = [stack.enter_context(process(WORKS)) for _ in range(4 * (os.cpu_count() or 1))]
        before = time.clock_gettime((~pids[0] << 3) | 2)
        watch = followed(pids[0], 0.5)
        used = time.clock_gettime((~pids[0] << 3) | 2) - before
    assert watch.over == "used up"
    assert used >= 0.5


@linux
def test_a_process_that_waits_for_the_judge_uses_nothing() -> None:
    with process(SLEEPS) as pid:
        watch = Watch(pid, 0.2, (), lambda: None, lambda: None, 0.01)
        watch.pause()
        for _ in range(5):
            time.sleep(0.1)
            assert watch.look() is not None
        assert watch.over is None
        watch.resume()
        while watch.look() is not None:
            time.sleep(0.01)
        assert watch.over == "used up"


@linux
def test_the_smallest_allowance_counts_and_is_told() -> None:
    check, judgement = Meter("check", 10.0, used=9.9), Meter("judgement", 20.0)
    with process(WORKS) as pid:
        watch = followed(pid, 5.0, (check, judgement))
        watch.close()
    assert watch.scope == "check"
    assert check.left <= 0 < judgement.left


def test_a_whole_check_has_room_for_a_file_that_imports_much() -> None:
    check, judgement = meters_of(0.5)
    assert check.limit >= LOAD
    assert judgement.limit > check.limit


def test_a_budget_ends() -> None:
    budget = Budget(left=1000)
    budget.take_frame(100, header=10)
    budget.take(500)
    with pytest.raises(TooMuch):
        budget.take(500)
