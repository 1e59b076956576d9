"""The process of a warm judge: it says when it is ready, or why not, and ends when told to."""

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from dojo.course.catalog import Catalog
from dojo.judge.judge import Judge
from dojo.request import Request
from dojo.warm import worker
from dojo.warm.worker import Broken, How, Warm


def judge_one(connection: Connection, judge: Judge) -> None:
    connection.send(Warm())
    while True:
        connection.send(judge.check(connection.recv()).status)


@pytest.fixture
def line(mini: Catalog) -> Iterator[tuple[int, Connection]]:
    process, connection = worker.start(judge_one, mini, How(optimizers=False))
    assert process.pid is not None
    with connection:
        assert isinstance(connection.recv(), Warm)
        yield process.pid, connection
    process.join(60)
    assert process.exitcode == 0


@pytest.mark.parametrize("name", ["", "SIGTERM", "SIGHUP"])
def test_it_judges_and_ends_in_good_order(
    line: tuple[int, Connection], mini: Catalog, name: str
) -> None:
    number, connection = line
    kata = mini.kata("9.1.1")
    connection.send(Request(kata, kata.solution_path.read_bytes(), "answer.py", seed=1))
    assert connection.recv() == "pass"
    if name and (signum := getattr(signal, name, None)) is not None:
        os.kill(number, signum)


def test_what_stands_in_its_way_is_told(mini: Catalog, tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_text("name =\n")
    damaged = replace(mini, root=tmp_path)
    process, connection = worker.start(judge_one, damaged, How(optimizers=False))
    with connection:
        told = connection.recv()
    process.join(60)
    assert isinstance(told, Broken)
    assert "pack.toml" in told.reason
