"""The spool: numbered, in order, whole lines; damage costs events and nothing else."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from dojo.joined.protocol import MOST_BODY, MOST_EVENTS
from dojo.joined.spool import Spool
from dojo.machine import locks

HINT = {"kind": "hinted", "kata": "a", "hints": 1, "of": 3}


def numbers(spool: Spool) -> list[int]:
    return [event["n"] for event in spool.read().events]


def test_events_are_numbered_from_one_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.add([HINT, {**HINT, "hints": 2}], 0)
    spool.add([{**HINT, "hints": 3}], 0)
    assert [(e["n"], e["hints"]) for e in spool.read().events] == [(1, 1), (2, 2), (3, 3)]


def test_an_event_is_one_line_written_by_one_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[bytes] = []
    real = os.write

    def write(descriptor: int, data: bytes) -> int:
        written.append(data)
        return real(descriptor, data)

    monkeypatch.setattr("dojo.joined.spool.os.write", write)
    Spool(tmp_path).add([HINT], 0)
    assert len(written) == 1
    assert written[0].endswith(b"}\n")


def test_a_torn_line_costs_that_event_and_its_number_is_given_again(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.add([HINT, HINT], 0)
    whole = spool.path.read_bytes()
    spool.path.write_bytes(whole[:-9])  # killed while it wrote the second one
    spool.add([{**HINT, "hints": 2}], 0)
    kept = spool.read()
    assert [(e["n"], e["hints"]) for e in kept.events] == [(1, 1), (2, 2)]
    assert kept.damaged == 1


@pytest.mark.parametrize(
    "rubbish",
    [
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"n": true, "kind": "left"}',
        b'{"n": -4, "kind": "left"}',
        b'{"n": 1e999, "kind": "left"}',
        b'{"n": 99999999999999999999, "kind": "left"}',
        b'{"kind": "left"}',
        b'"text"',
    ],
)
def test_damaged_lines_are_passed_over(tmp_path: Path, rubbish: bytes) -> None:
    spool = Spool(tmp_path)
    spool.add([HINT], 0)
    with spool.path.open("ab") as file:
        file.write(rubbish + b"\n")
    spool.add([HINT], 0)
    assert numbers(spool) == [1, 2]
    assert spool.read().damaged == 1


def test_after_the_spool_was_lost_no_number_is_given_that_the_room_has(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    assert spool.add([HINT], 7) == 8


def test_two_processes_at_once_never_take_the_same_number(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from dojo.joined.spool import Spool\n"
        "spool = Spool(Path(sys.argv[1]))\n"
        "for _ in range(50): spool.add([{'kind': 'left', 'kata': ''}], 0)"
    )
    both = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path)]) for _ in range(2)]
    kept = [process.wait() for process in both].count(0) * 50
    found = numbers(Spool(tmp_path))
    lines = Spool(tmp_path).path.read_bytes().count(b"\n")
    assert lines == len(found)  # each number once
    assert kept in (0, 50) or found == list(range(1, 101))


def test_a_lock_that_is_held_all_the_while_costs_the_event(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    with locks.held(spool.lock, 0), pytest.raises(OSError, match="another command"):
        spool.add([HINT], 0)
    assert numbers(spool) == []
    assert spool.add([HINT], 0) == 1


def test_who_waits_for_the_lock_gets_it_when_it_is_free(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    taken = threading.Event()

    def take() -> None:
        with locks.held(path, 60):
            taken.set()

    with locks.held(path, 0):
        thread = threading.Thread(target=take)
        thread.start()
        assert not taken.wait(0.02)
    thread.join()
    assert taken.is_set()


def test_what_was_sent_makes_place_for_what_is_new(tmp_path: Path) -> None:
    spool = Spool(tmp_path, most=2000)
    for sent in range(40):
        spool.add([HINT], sent)
    assert spool.path.stat().st_size <= 2000
    assert numbers(spool)[-1] == 40
    assert len(numbers(spool)) > 5


def test_what_waits_is_never_dropped_for_what_is_new(tmp_path: Path) -> None:
    spool = Spool(tmp_path, most=2000)
    with pytest.raises(OSError, match="too much waits"):
        spool.add([HINT] * 100, 0)
    found = numbers(spool)
    assert found == list(range(1, len(found) + 1))
    assert spool.path.stat().st_size <= 2000


def test_a_disk_that_takes_half_a_line_tears_it_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = Spool(tmp_path)
    spool.add([HINT], 0)
    real = os.write

    def half(descriptor: int, data: bytes) -> int:
        return real(descriptor, data[:20])

    monkeypatch.setattr("dojo.joined.spool.os.write", half)
    with pytest.raises(OSError, match="full"):
        spool.add([HINT], 0)
    monkeypatch.undo()
    spool.add([{**HINT, "hints": 2}], 0)
    assert [(e["n"], e["hints"]) for e in spool.read().events] == [(1, 1), (2, 2)]


def test_one_request_holds_no_more_than_the_protocol_allows(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.add([HINT] * (MOST_EVENTS + 5), 0)
    assert [e["n"] for e in spool.waiting(3)] == list(range(4, MOST_EVENTS + 4))
    large = Spool(tmp_path / "large")
    large.add([{"kind": "shared", "kata": "a", "source": "x" * 60_000}] * 9, 0)
    assert len(json.dumps(large.waiting(0))) <= MOST_BODY
    assert [e["n"] for e in large.waiting(0)] == [1, 2, 3, 4]


def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.add([HINT], 0)
    assert spool.path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("strange", ["link", "folder", "pipe"])
def test_something_strange_in_its_place_is_an_error_that_callers_expect(
    tmp_path: Path, strange: str
) -> None:
    spool = Spool(tmp_path / ".kata")
    spool.path.parent.mkdir()
    if strange == "link":
        spool.path.symlink_to(tmp_path / "elsewhere")
    elif strange == "folder":
        spool.path.mkdir()
    else:
        os.mkfifo(spool.path)
    with pytest.raises(OSError, match="it is a"):
        spool.add([HINT], 0)
    assert spool.read().events == ()
    assert not (tmp_path / "elsewhere").exists()
