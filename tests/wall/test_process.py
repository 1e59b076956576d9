"""What a learner process leaves behind when it is ended: nothing; and what ends with it."""

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from typing import NoReturn

import pytest

from dojo.failure import JudgeError
from dojo.wall.forkserver import best_method, number
from dojo.wall.gone import gone_finding
from dojo.wall.process import Answer, Gone, LearnerProcess
from dojo.wall.starter import Starter
from dojo.wire.codec import Encoder
from dojo.wire.values import Table

forked = pytest.mark.skipif(
    best_method() != "forkserver" or not hasattr(os, "waitid"), reason="ends a fork server"
)


@pytest.fixture
def starter() -> Iterator[Starter]:
    starter = Starter()
    yield starter
    starter.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="counts files in /proc")
def test_no_descriptor_outlives_its_process(starter: Starter) -> None:
    kept = []
    open_before = _descriptors()
    for _ in range(5):
        process = starter.take_own("a kata")
        process.greet()
        process.close()
        kept.append(process)  # nothing is left to the garbage collector
    assert _descriptors() <= open_before + 3  # the fork server's own


@forked
def test_none_is_used_whose_fork_server_ended(starter: Starter) -> None:
    ours = starter.take_own("a kata")
    theirs = starter.take("a file")
    for process in (ours, theirs):
        process.greet()
    starter.give_back_own(ours, "a kata", usable=True)
    starter.give_back(theirs, "a file", usable=True)
    _end_the_fork_server()
    for process in (starter.take_own("a kata"), starter.take("a file")):
        assert process not in (ours, theirs)
        assert _load(process, b"") is not None
        process.close()


@forked
def test_a_process_that_ended_with_its_fork_server_is_no_fault_of_a_file(starter: Starter) -> None:
    process = starter.take_own("a kata")
    process.greet()
    _end_the_fork_server()
    with pytest.raises(Gone) as gone:
        _load(process, b"")
    process.close()
    assert gone.value.reason == "orphaned"
    with pytest.raises(JudgeError, match="out of memory"):
        gone_finding(gone.value, "", [])


@forked
def test_a_file_that_ends_in_the_same_way_has_done_it_itself(starter: Starter) -> None:
    process = starter.take_own("a kata")
    with pytest.raises(Gone) as gone:
        _load(process, b"import os; os._exit(255)")
    process.close()
    assert (gone.value.reason, gone.value.code) == ("exit", 255)


def _end_the_fork_server() -> None:
    server = number()
    assert server is not None
    os.kill(server, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):  # another thread has seen it, and begins anew
        os.waitid(os.P_PID, server, os.WEXITED | os.WNOWAIT)


def _load(process: LearnerProcess, source: bytes) -> Answer:
    encoder = Encoder(Table("j"), lambda _: None)
    encoder.buffers.append(source)
    body: dict[str, object] = {
        "op": "load",
        "source": 0,
        "probe": None,
        "filename": "answer.py",
        "dtype": "float64",
        "random_seed": 0,
        "traps": {},
        "keeps_files": False,
    }

    def nothing(*_: object) -> NoReturn:
        raise AssertionError

    return process.ask(body, encoder, 5.0, nothing)


def _descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))
