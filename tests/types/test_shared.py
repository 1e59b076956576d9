"""One type checker for several judges: it says what one alone says, and nobody depends on it."""

import threading
from collections.abc import Iterator
from contextlib import closing
from multiprocessing.connection import Client

import pytest

from dojo.machine import scratch
from dojo.types import pyrefly
from dojo.types.pyrefly import Pending, TypeChecker, TypeProblem, Unfinished
from dojo.types.shared import DistantChecker, SharedChecker

pytestmark = pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")

WRONG = b"def f(x: int) -> str:\n    return x\n"


def _numbered(number: int) -> bytes:
    """A file whose second error stands so many lines below line 6."""
    return WRONG + f"\n\n{number * chr(10)}def g() -> int:\n    return ''\n".encode()


def _lines(errors: list[TypeProblem]) -> list[int]:
    return [e["line"] for e in errors]


@pytest.fixture(scope="module")
def shared() -> Iterator[SharedChecker]:
    with SharedChecker() as checker:
        yield checker


def _errors(pending: Pending) -> list[TypeProblem]:
    try:
        return pending.errors()
    finally:
        pending.close()


def test_it_says_what_one_alone_says(shared: SharedChecker) -> None:
    with closing(TypeChecker()) as alone, closing(DistantChecker(shared.address)) as distant:
        for number in range(3):
            source = _numbered(number)
            found = _errors(distant.begin(source))
            assert found == _errors(alone.begin(source))
            assert _lines(found) == [2, 6 + number]


def test_many_may_ask_at_once(shared: SharedChecker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pyrefly, "MOST_SERVED", 2)  # servers come and go under their hands
    found: dict[int, list[list[int]]] = {}

    def ask(number: int) -> None:
        with closing(DistantChecker(shared.address)) as distant:
            waiting = [distant.begin(_numbered(10 * number + i)) for i in range(5)]
            found[number] = [_lines(_errors(pending)) for pending in waiting]

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert found == {n: [[2, 6 + 10 * n + i] for i in range(5)] for n in range(4)}


def test_what_nobody_waits_for_is_in_nobodys_way(shared: SharedChecker) -> None:
    with closing(DistantChecker(shared.address)) as distant:
        for number in range(20, 25):
            distant.begin(_numbered(number)).close()
        assert _lines(_errors(distant.begin(_numbered(30)))) == [2, 36]


def test_where_it_is_gone_a_judge_has_its_own() -> None:
    with SharedChecker() as shared, closing(DistantChecker(shared.address)) as distant:
        assert len(_errors(distant.begin(WRONG))) == 1
        shared.__exit__()
        assert len(_errors(distant.begin(_numbered(1)))) == 2
    nowhere = str(scratch.folder() / "nowhere")
    with closing(DistantChecker(nowhere)) as distant:
        assert len(_errors(distant.begin(WRONG))) == 1


def test_what_stops_a_checker_is_told_where_it_was_asked(
    shared: SharedChecker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def begin(source: bytes) -> Pending:
        return Stopped()

    class Stopped:
        def errors(self) -> list[TypeProblem]:
            raise Unfinished

        def close(self) -> None:
            pass

    monkeypatch.setattr(shared._checker, "begin", begin)
    with closing(DistantChecker(shared.address)) as distant, pytest.raises(Unfinished):
        _errors(distant.begin(WRONG))


def test_a_caller_that_goes_away_stops_nothing(shared: SharedChecker) -> None:
    for sent in (b"", WRONG):
        with Client(shared.address) as line:
            if sent:
                line.send_bytes(sent)
    with closing(DistantChecker(shared.address)) as distant:
        assert len(_errors(distant.begin(_numbered(40)))) == 2
