"""One type checker for several judges: it says what one alone says, and nobody depends on it."""

import threading
from collections.abc import Iterator
from contextlib import closing
from multiprocessing.connection import Client

import pytest

from dojo.machine import scratch
from dojo.types.pyrefly import Pending, TypeChecker, TypeProblem, Unfinished
from dojo.types.shared import DistantChecker, SharedChecker

WRONG = b"def f(x: int) -> str:\n    return x\n"


def _numbered(number: int) -> bytes:
    return WRONG + f"\n\ndef g{number}() -> int:\n    return ''\n".encode()


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
            assert [e["line"] for e in found] == [2, 6]


def test_many_may_ask_at_once(shared: SharedChecker) -> None:
    found: dict[int, list[list[TypeProblem]]] = {}

    def ask(number: int) -> None:
        with closing(DistantChecker(shared.address)) as distant:
            sources = [_numbered(10 * number + i) + b"#\n" for i in range(5)]
            waiting = [distant.begin(source) for source in sources]
            found[number] = [_errors(pending) for pending in waiting]

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(found) == [0, 1, 2, 3]
    assert {tuple(e["line"] for e in errors) for some in found.values() for errors in some} == {
        (2, 6)
    }


def test_what_nobody_waits_for_is_in_nobodys_way(shared: SharedChecker) -> None:
    with closing(DistantChecker(shared.address)) as distant:
        for number in range(20, 25):
            distant.begin(_numbered(number)).close()
        assert len(_errors(distant.begin(_numbered(30)))) == 2


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
    def begin(self: TypeChecker, source: bytes) -> Pending:
        return Stopped()

    class Stopped:
        def errors(self) -> list[TypeProblem]:
            raise Unfinished

        def close(self) -> None:
            pass

    monkeypatch.setattr(TypeChecker, "begin", begin)
    with closing(DistantChecker(shared.address)) as distant, pytest.raises(Unfinished):
        _errors(distant.begin(WRONG))


def test_a_caller_that_goes_away_stops_nothing(shared: SharedChecker) -> None:
    for sent in (b"", WRONG):
        with Client(shared.address) as line:
            if sent:
                line.send_bytes(sent)
    with closing(DistantChecker(shared.address)) as distant:
        assert len(_errors(distant.begin(_numbered(40)))) == 2
