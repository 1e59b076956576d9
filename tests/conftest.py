"""What several tests share: the engine's own small katas, and one warm judge."""

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dojo.course.catalog import Catalog, Kata, load
from dojo.judge.judge import Judge
from dojo.wall import forkserver

MINI = Path(__file__).parent / "mini"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--whole", action="store_true", help="what takes minutes too, in full")


@pytest.fixture(scope="session")
def whole(request: pytest.FixtureRequest) -> bool:
    """Whether there is time to test everything, and not only a part of it."""
    return bool(request.config.getoption("--whole"))


@pytest.fixture(scope="session", autouse=True)
def interruptible() -> Iterator[None]:
    """Where tests run in the background Ctrl-C is ignored, and what they start would ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session")
def mini() -> Catalog:
    """The katas on which the engine is tested."""
    return load(MINI)


@pytest.fixture(scope="session")
def judge(mini: Catalog) -> Iterator[Judge]:
    """A judge that stays warm through all tests."""
    with Judge(mini) as judge:
        yield judge


@pytest.fixture(scope="session")
def grads(mini: Catalog) -> Kata:
    """A kata with one function, written by hand, autograd forbidden."""
    return mini.kata("9.1.1")


@pytest.fixture(scope="session")
def everything(mini: Catalog) -> Kata:
    """A kata with functions and classes of every sort."""
    return mini.kata("9.1.2")


@pytest.fixture
def end_the_fork_server() -> Callable[[], None]:
    """Kills this process's fork server, as a system does that is out of memory."""
    if forkserver.best_method() != "forkserver" or not hasattr(os, "waitid"):
        pytest.skip("ends a fork server")

    def end() -> None:
        server = forkserver.number()
        assert server is not None
        os.kill(server, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):  # another thread has seen it, and begins anew
            os.waitid(os.P_PID, server, os.WEXITED | os.WNOWAIT)

    return end


# Suites of the small katas, and answers that nobody should import: not tests of their own.
collect_ignore = ["mini", "attacks", "oddities", "answers", "room/hostile"]
