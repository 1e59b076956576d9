"""Judges that end: what they were judging is tried once more, then set aside; the rest goes on."""

import contextlib
import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from multiprocessing import forkserver
from pathlib import Path
from typing import TypeVar

import pytest

from dojo.course.catalog import Catalog, Kata
from dojo.errors import UsageError
from dojo.grade.lanes import Lane, grade_all
from dojo.grade.unit import GradeJob, Grading, not_judged, seeds_of
from dojo.warm.apart import Apart, Asked, EndedError, Forked

DEADLY = b"# deadly\n"


def jobs(kata: Kata, *sources: bytes) -> list[GradeJob]:
    return [GradeJob(kata, s, seeds_of(hashlib.sha256(s).hexdigest())) for s in sources]


def graded(work: Sequence[GradeJob], open_lane: "type[Lane]", lanes: int) -> dict[int, Grading]:
    found: dict[int, Grading] = {}

    def keep(index: int, grading: Grading) -> None:
        assert index not in found
        found[index] = grading

    grade_all(work, [open_lane] * lanes, keep)
    return found


class Scripted(Lane):
    """A lane that does what the file says: `end`, `end once`, `raise`, or a verdict."""

    opened = 0
    asked: list[bytes] = []  # noqa: RUF012  (emptied by each test)

    def __init__(self) -> None:
        type(self).opened += 1

    def become_warm(self) -> None:
        pass

    def ask(self, job: GradeJob) -> Grading:
        self.asked.append(job.source)
        if job.source == b"end" or (
            job.source == b"end once" and self.asked.count(b"end once") < 2
        ):
            raise EndedError("the process that judges ended")
        if job.source == b"raise":
            raise RuntimeError("it broke")
        if job.source == b"stop":
            raise UsageError("No room is left.")
        return not_judged(job, f"judged: {job.source.decode()}")

    def close(self) -> None:
        pass


@pytest.fixture(autouse=True)
def fresh() -> None:
    Scripted.opened = 0
    Scripted.asked.clear()


@pytest.mark.parametrize("lanes", [1, 3])
def test_a_file_that_ends_two_judges_is_set_aside(grads: Kata, lanes: int) -> None:
    sources = (b"a", b"end", b"b", b"end once", b"raise", b"c")
    found = graded(jobs(grads, *sources), Scripted, lanes)
    assert [found[i].verdict.reason for i in range(6)] == [
        "judged: a",
        "It was tried twice and came to no verdict: the process that judges ended.",
        "judged: b",
        "judged: end once",
        "It was tried twice and came to no verdict: it broke.",
        "judged: c",
    ]
    assert {found[i].verdict.status for i in (1, 4)} == {"not judged"}
    assert Scripted.asked.count(b"end") == 2


def test_a_judge_that_can_not_judge_here_ends_the_grading(grads: Kata) -> None:
    with pytest.raises(UsageError, match="No room is left"):
        graded(jobs(grads, b"a", b"stop", b"b"), Scripted, 1)
    assert Scripted.asked == [b"a", b"stop"]


def test_judges_that_never_begin_end_the_grading_and_set_no_file_aside(grads: Kata) -> None:
    class Stillborn(Scripted):
        def become_warm(self) -> None:
            raise EndedError("the process that judges ended")

    with pytest.raises(UsageError, match="ended 3 times before it could begin"):
        graded(jobs(grads, b"a", b"b"), Stillborn, 1)
    assert Scripted.asked == []


def test_what_keeping_a_grading_raises_is_raised(grads: Kata) -> None:
    def keep(index: int, grading: Grading) -> None:
        raise UsageError("The disk is full.")

    with pytest.raises(UsageError, match="disk is full"):
        grade_all(jobs(grads, b"a", b"b"), [Scripted] * 2, keep)


def begun(mini: Catalog, how: str) -> Asked:
    return Forked(mini) if how == "forked" else Apart(mini.root)


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGSTOP")
@pytest.mark.parametrize("how", ["forked", "apart"])
def test_judges_killed_from_outside_while_a_file_is_judged(
    mini: Catalog, grads: Kata, how: str
) -> None:
    numbers: list[int] = []
    deaths = 0

    class Killed(Lane):
        def __init__(self) -> None:
            self._judge = begun(mini, how)

        def become_warm(self) -> None:
            self._judge.become_warm()
            numbers.append(self._judge.number)

        def ask(self, job: GradeJob) -> Grading:
            nonlocal deaths
            if job.source.startswith(DEADLY):
                deaths += 1
                number = self._judge.number
                os.kill(number, signal.SIGSTOP)  # it will not have finished, however quick
                threading.Timer(0.05, os.kill, (number, signal.SIGKILL)).start()
            return self._judge.ask(job)

        def close(self) -> None:
            self._judge.close()

    right = grads.solution_path.read_bytes()
    wrong = b"def column_grads(x):\n    return x\n"
    found = graded(jobs(grads, right, DEADLY + right, wrong), Killed, 1)
    assert [found[i].verdict.status for i in range(3)] == ["pass", "not judged", "fail"]
    assert "the process that judges ended" in (found[1].verdict.reason or "")
    assert (deaths, len(numbers)) == (2, 3)
    assert not [n for n in numbers if Path(f"/proc/{n}").exists()]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("how", ["forked", "apart"])
def test_a_judge_that_is_killed_takes_the_answers_processes_with_it(
    mini: Catalog, grads: Kata, how: str
) -> None:
    endless = b"while True:\n    pass\n"
    ended: list[BaseException] = []

    def ask() -> None:
        try:
            judge.ask(*jobs(replace(grads, seconds=60.0), endless))
        except EndedError as error:
            ended.append(error)

    with contextlib.closing(begun(mini, how)) as judge:
        judge.become_warm()
        asking = threading.Thread(target=ask)
        asking.start()
        wait_for(lambda: any(busy(n, judge.number) for n in below(judge.number)))
        own = below(judge.number)
        os.kill(judge.number, signal.SIGKILL)
        asking.join(60)
        assert len(ended) == 1
        assert wait_for(lambda: not [n for n in own if stat(n)[:1] not in ([], ["Z"])])


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_forked_judges_load_nothing_that_another_has_loaded(mini: Catalog) -> None:
    with contextlib.closing(Forked(mini)) as one, contextlib.closing(Forked(mini)) as two:
        for judge in (one, two):
            judge.become_warm()
        # A program of its own would have other words.
        words = [Path(f"/proc/{n}/cmdline").read_bytes() for n in (one.number, two.number)]
        below_one = [Path(f"/proc/{n}/cmdline").read_bytes() for n in below(one.number)]
    assert words[0] == words[1]
    assert below_one == words[:1]


@pytest.mark.skipif(sys.platform != "linux", reason="needs a fork server")
def test_judges_are_begun_where_a_cleaner_took_the_socket(mini: Catalog, grads: Kata) -> None:
    right = grads.solution_path.read_bytes()
    with contextlib.closing(Forked(mini)) as one:
        one.become_warm()
        Path(vars(getattr(forkserver, "_forkserver"))["_forkserver_address"]).unlink()  # noqa: B009
        with contextlib.closing(Forked(mini)) as two:
            two.become_warm()
            for judge in (one, two):
                assert judge.ask(*jobs(grads, right)).verdict.passed


def test_what_a_judge_prints_goes_nowhere(mini: Catalog) -> None:
    code = (
        "import sys; from pathlib import Path; from dojo.course.catalog import load; "
        "from dojo.warm.apart import Apart, Forked; root = Path(sys.argv[1])\n"
        "for judge in (Forked(load(root)), Apart(root)):\n"
        "    judge.become_warm(); judge.ask(print); judge.close(); print('asked')\n"
    )
    words = [sys.executable, "-c", code, str(mini.root)]
    shown = subprocess.run(words, check=True, capture_output=True, text=True)
    assert (shown.stdout, shown.stderr) == ("asked\nasked\n", "")


T = TypeVar("T")


def wait_for(look: Callable[[], T]) -> T:
    """What a look finds, as soon as it finds something."""
    end = time.monotonic() + 60
    while not (found := look()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return found


def stat(number: int) -> list[str]:
    """What the system says of a process, from its state on; empty where it is gone."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    return []


def busy(number: int, judge: int) -> bool:
    """Whether a process has worked for more than a forked one's start needs."""
    words = stat(number)
    return bool(words) and int(words[1]) != judge and int(words[11]) > 30


def below(root: int) -> list[int]:
    """The processes that came of one."""
    children: dict[int, list[int]] = {}
    for number in [int(entry) for entry in os.listdir("/proc") if entry.isdigit()]:
        if words := stat(number):
            children.setdefault(int(words[1]), []).append(number)
    found: list[int] = []
    waiting = [*children.get(root, [])]
    while waiting:
        found.append(waiting.pop())
        waiting += children.get(found[-1], [])
    return found
