"""What a learner process leaves behind when it is ended: nothing; and what ends with it."""

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import Any, NoReturn, cast

import pytest

from dojo.failure import JudgeError
from dojo.wall import forkserver
from dojo.wall.gone import gone_finding
from dojo.wall.process import Answer, Gone, LearnerProcess
from dojo.wall.starter import Starter
from dojo.wire.codec import Encoder
from dojo.wire.values import Table


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


def test_none_is_used_whose_fork_server_ended(
    starter: Starter, end_the_fork_server: Callable[[], None]
) -> None:
    ours = starter.take_own("a kata")
    theirs = starter.take("a file")
    for process in (ours, theirs):
        process.greet()
    starter.give_back_own(ours, "a kata", usable=True)
    starter.give_back(theirs, "a file", usable=True)
    end_the_fork_server()
    for process in (starter.take_own("a kata"), starter.take("a file")):
        assert process not in (ours, theirs)
        assert _load(process, b"") is not None
        process.close()


def test_a_process_that_ended_with_its_fork_server_is_no_fault_of_a_file(
    starter: Starter, end_the_fork_server: Callable[[], None]
) -> None:
    process = starter.take_own("a kata")
    process.greet()
    end_the_fork_server()
    with pytest.raises(Gone) as gone:
        _load(process, b"")
    process.close()
    assert gone.value.reason == "orphaned"
    with pytest.raises(JudgeError, match="out of memory"):
        gone_finding(gone.value, "", [])


def test_a_file_that_ends_in_the_same_way_has_done_it_itself(starter: Starter) -> None:
    process = starter.take_own("a kata")
    with pytest.raises(Gone) as gone:
        _load(process, b"import os; os._exit(255)")
    process.close()
    assert (gone.value.reason, gone.value.code) == ("exit", 255)


def test_what_is_begun_again_has_a_line_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    context = multiprocessing.get_context("forkserver")
    monkeypatch.setattr(forkserver, "_restart_fork_server", lambda: None)
    given: list[Connection] = []

    class Started:
        def start(self) -> None:
            given[-1].send(len(given))
            if len(given) == 1:
                raise EOFError

    def make(theirs: Connection) -> Any:
        given.append(theirs)
        return Started()

    _, line = forkserver.begin(cast("Any", context), make)
    assert line.recv() == 2  # and not what came over the first
    line.close()


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
