"""What several tests share: the engine's own small katas, and one warm judge."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from dojo.course.catalog import Catalog, Kata, load
from dojo.judge.judge import Judge

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


# Suites of the small katas, and answers that nobody should import: not tests of their own.
collect_ignore = ["mini", "attacks", "oddities", "answers", "room/hostile"]
