"""Sending to a real room: in order, once, later when it must be; whatever it does, we go on."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dojo.joined import membership, news, web
from dojo.joined.membership import Membership
from dojo.joined.seat import BUDGET, Seat, Told
from dojo.joined.spool import FILE
from tests.joined.conftest import Handler, Room, answer

HINT = {"kind": "hinted", "kata": "a", "hints": 1, "of": 3}
LONG = 30.0  # seconds, where nothing has to wait
Misbehaviour = Callable[[Handler, dict[str, Any]], bytes | None]


def hints(*numbers: int) -> list[dict[str, Any]]:
    return [{**HINT, "hints": n} for n in numbers]


def took(room: Room) -> list[int]:
    return [room.events[n]["hints"] for n in sorted(room.events)]


def posts(room: Room) -> list[list[int]]:
    return [[e["n"] for e in b["events"]] for m, _, _, b in room.asked if m == "POST"]


def test_what_is_told_arrives_with_the_token_and_is_not_sent_again(
    room: Room, state: Path, member: Membership
) -> None:
    seat = Seat(state, member)
    seat.keep(*hints(1, 2))
    assert seat.send(LONG).waiting == 0
    seat.keep(*hints(3))
    seat.send(LONG)
    assert took(room) == [1, 2, 3]
    assert posts(room) == [[1, 2], [3]]
    assert "Authorization: Bearer t0ken" in room.asked[0][2]
    assert room.asked[0][:2] == ("POST", "/api/events")


def test_an_hour_offline_is_sent_later_in_order_and_once(
    room: Room, state: Path, member: Membership
) -> None:
    seat = Seat(state, member)
    room.misbehave = lambda handler, body: answer(502, b"<html>gone</html>")
    for number in range(1, 301):  # more than one request holds
        seat.keep(*hints(number))
        if number % 100 == 0:
            assert seat.send(LONG).trouble
    room.misbehave = lambda handler, body: None
    assert seat.send(LONG).waiting == 0
    assert took(room) == list(range(1, 301))
    assert posts(room)[-2:] == [list(range(1, 201)), list(range(201, 301))]


def test_an_answer_that_got_lost_makes_the_same_numbers_come_again(
    room: Room, state: Path, member: Membership
) -> None:
    seat = Seat(state, member)

    def take_and_drop(handler: Handler, body: dict[str, Any]) -> bytes:
        room.take("/api/events", body)
        return b""

    room.misbehave = take_and_drop
    seat.keep(*hints(1))
    assert seat.send(LONG).trouble
    room.misbehave = lambda handler, body: None
    seat.keep(*hints(2))
    seat.send(LONG)
    assert posts(room) == [[1], [1, 2]]
    assert took(room) == [1, 2]


def _hang(handler: Handler, body: dict[str, Any]) -> bytes:
    handler.room.over.wait(60)
    return b""


def _drip(handler: Handler, body: dict[str, Any]) -> bytes:
    for piece in b"HTTP/1.1 200 OK\r\nX: " + b"y" * 10_000:
        if handler.room.over.wait(0.01):
            break
        handler.wfile.write(bytes([piece]))
    return b""


def _huge(handler: Handler, body: dict[str, Any]) -> bytes:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
    for _ in range(2000):
        handler.wfile.write(b" " * 65536)
    return b""


STATE = {"seq": 1, "line": "", "timer_ends": None}
MISBEHAVIOUR: dict[str, Misbehaviour] = {
    "hangs": _hang,
    "drips": _drip,
    "says nothing": lambda h, b: b"",
    "says rubbish": lambda h, b: b"\x00\xff" * 500,
    "speaks another protocol": lambda h, b: b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
    "has an endless head": lambda h, b: b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000,
    "answers hugely": _huge,
    "promises hugely": lambda h, b: b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n{}",
    "counts wrongly": lambda h, b: b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{}",
    "counts below nothing": lambda h, b: b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}",
    "sends a wrong chunk": lambda h, b: (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nabc"
    ),
    "sends a huge chunk": lambda h, b: (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\nabc"
    ),
    "is a page": lambda h, b: answer(200, b"<html>Welcome to the hotel's network</html>"),
    "is another service": lambda h, b: answer(200, {"hello": "world"}),
    "nests deeply": lambda h, b: answer(200, b"[" * 100_000),
    "has numbers too long": lambda h, b: answer(200, b'{"upto": ' + b"9" * 10_000 + b"}"),
    "says null": lambda h, b: answer(200, b"null"),
    "forgets the state": lambda h, b: answer(200, {"upto": 1}),
    "has a state of another form": lambda h, b: answer(200, {"upto": 1, "state": [1]}),
    "has a line of another form": lambda h, b: answer(
        200, {"upto": 1, "state": {**STATE, "line": 5}}
    ),
    "has no end of a timer": lambda h, b: answer(
        200, b'{"upto": 1, "state": {"timer_ends": Infinity}}'
    ),
    "fails": lambda h, b: answer(500, {"detail": "Internal Server Error"}),
    "doesn't know us": lambda h, b: answer(401, {"error": "This token is not known."}),
    "is full": lambda h, b: answer(429, {"error": "Too much at once."}),
}


@pytest.mark.parametrize("how", MISBEHAVIOUR)
def test_whatever_the_room_does_the_event_waits_and_is_sent_when_it_is_well_again(
    room: Room, state: Path, member: Membership, how: str
) -> None:
    seat = Seat(state, member)
    room.misbehave = MISBEHAVIOUR[how]
    seat.keep(*hints(1))
    told = seat.send(BUDGET)
    assert told.trouble or told.refused
    assert told.waiting == 1
    room.misbehave = lambda handler, body: None
    assert seat.send(LONG).waiting == 0
    assert took(room) == [1]


def test_no_redirect_is_followed(room: Room, state: Path, member: Membership) -> None:
    with Room() as other:
        thread = threading.Thread(target=other.serve_forever, args=(0.01,))
        thread.start()
        where = f"Location: {other.address}/api/events\r\n"
        room.misbehave = lambda handler, body: answer(307, {}, where)
        seat = Seat(state, member)
        seat.keep(*hints(1))
        assert "redirect" in seat.send(LONG).trouble
        other.shutdown()
        thread.join()
    assert other.asked == []
    assert len(room.asked) == 1


def test_an_answer_in_chunks_is_understood(room: Room, state: Path, member: Membership) -> None:
    def chunked(handler: Handler, body: dict[str, Any]) -> bytes:
        data = json.dumps(room.take("/api/events", body)).encode()
        pieces = [data[:7], data[7:]]
        head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        return head + b"".join(b"%x\r\n%b\r\n" % (len(p), p) for p in pieces) + b"0\r\n\r\n"

    room.misbehave = chunked
    seat = Seat(state, member)
    seat.keep(*hints(1))
    assert seat.send(LONG) == Told(0, seat.news())


@pytest.fixture
def gone() -> Iterator[str]:
    """An address at which nothing listens, and nobody else can begin to."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


def moved(member: Membership, address: str) -> Membership:
    return replace(member, address=address)


def test_a_room_that_is_gone_says_so(state: Path, member: Membership, gone: str) -> None:
    seat = Seat(state, moved(member, gone))
    seat.keep(*hints(1))
    assert seat.send(LONG).trouble == "nothing listens there"


def test_a_name_that_means_no_computer(
    state: Path, member: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    def resolve(*args: object, **more: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    seat = Seat(state, moved(member, "http://room.invalid:8000"))
    seat.keep(*hints(1))
    assert "no computer of that name" in seat.send(LONG).trouble


def test_a_name_that_takes_for_ever_to_find_is_not_waited_for(
    room: Room, state: Path, member: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    def resolve(*args: object, **more: object) -> None:
        room.over.wait(60)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    seat = Seat(state, moved(member, "http://room.invalid:8000"))
    seat.keep(*hints(1))
    assert seat.send(BUDGET).trouble == "it took too long to answer"
    assert not room.over.is_set()


def test_each_question_gets_what_is_left_of_the_budget(
    room: Room, state: Path, member: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a clock of our own: 40 ms pass with each question."""
    now = 100.0
    budgets: list[float] = []
    real = web.Line.ask

    def ask(
        self: web.Line, method: str, path: str, body: Any, token: str, budget: float
    ) -> dict[str, Any]:
        nonlocal now
        budgets.append(budget)
        now += 0.04
        if budget <= 0:
            raise web.UnreachableError("it took too long to answer")
        return real(self, method, path, body, token, LONG)

    monkeypatch.setattr(web.Line, "ask", ask)
    seat = Seat(state, member, lambda: now)
    seat.keep(*hints(*range(1000)))  # five requests
    told = seat.send(0.15)
    assert budgets == pytest.approx([0.15, 0.11, 0.07, 0.03, -0.01])
    assert told.waiting == 200
    assert posts(room)[-1][-1] == 800


def test_an_event_that_the_room_can_never_take_is_passed_over(
    room: Room, state: Path, member: Membership
) -> None:
    def refuse_two(handler: Handler, body: dict[str, Any]) -> bytes | None:
        unfit = any(e["hints"] == 2 for e in body.get("events", ()))
        return answer(422, {"error": "unfit"}) if unfit else None

    room.misbehave = refuse_two
    seat = Seat(state, member)
    seat.keep(*hints(1, 2, 3))
    assert seat.send(LONG).waiting == 0
    assert took(room) == [1, 3]
    seat.keep(*hints(4))
    assert seat.send(LONG).waiting == 0  # although the room still waits for number 2
    assert took(room) == [1, 3, 4]


def test_a_damaged_line_between_others_keeps_nothing_back(
    room: Room, state: Path, member: Membership
) -> None:
    seat = Seat(state, member)
    seat.keep(*hints(1, 2, 3))
    path = state / FILE
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + b"\x00\x00\n" + lines[2])
    assert seat.send(LONG).waiting == 0
    seat.keep(*hints(4))
    assert seat.send(LONG).waiting == 0
    assert posts(room) == [[1, 3], [4]]


@pytest.mark.parametrize("upto", [10**30, -5, True, "7", None])
def test_a_room_that_claims_to_have_more_than_it_was_sent_changes_no_number(
    room: Room, state: Path, member: Membership, upto: object
) -> None:
    room.misbehave = lambda handler, body: answer(200, {"upto": upto, "state": STATE})
    seat = Seat(state, member)
    seat.keep(*hints(1))
    seat.send(LONG)
    assert seat.news().upto == 1


def test_nothing_is_kept_or_sent_of_katas_that_are_none_of_the_rooms(
    room: Room, state: Path, member: Membership
) -> None:
    seat = Seat(state, replace(member, katas=("a",)))
    seat.keep({**HINT, "kata": "private"}, HINT)
    seat.send(LONG)
    assert [e["kata"] for e in room.events.values()] == ["a"]


def test_a_room_that_was_closed_is_told_nothing_more(
    room: Room, state: Path, member: Membership
) -> None:
    seat = Seat(state, member)
    room.state["closed"] = True
    seat.send(LONG)
    seat.keep(*hints(1))
    assert seat.silent
    assert seat.kept().events == ()


def test_a_room_whose_days_are_over_is_told_nothing_more(state: Path, member: Membership) -> None:
    seat = Seat(state, replace(member, expires="2020-01-01T00:00:00Z"))
    seat.keep(*hints(1))
    assert seat.silent
    assert seat.kept().events == ()


def test_a_full_disk_costs_the_event_and_raises_nothing(
    room: Room, state: Path, member: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **more: object) -> int:
        raise OSError(28, "No space left on device")

    seat = Seat(state, member)
    seat.keep(*hints(1))
    monkeypatch.setattr("dojo.joined.spool.os.write", full)
    monkeypatch.setattr("dojo.machine.files.write_new", full)
    assert not seat.keep(*hints(2))
    assert seat.send(LONG).trouble == ""  # sent, although that can't be noted
    assert took(room) == [1]
    monkeypatch.undo()
    assert seat.send(LONG).waiting == 0
    assert took(room) == [1]


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff", b"[]", b'{"upto": "x", "at": 1}'])
def test_damaged_news_make_everything_come_again_and_the_room_has_it_once(
    room: Room, state: Path, member: Membership, damage: bytes
) -> None:
    seat = Seat(state, member)
    seat.keep(*hints(1, 2))
    seat.send(LONG)
    (state / "room-news.json").write_bytes(damage)
    seat.keep(*hints(3))
    assert seat.send(LONG).waiting == 0
    assert posts(room) == [[1, 2], [1, 2, 3]]
    assert took(room) == [1, 2, 3]


@pytest.mark.parametrize("jump", [-1000.0, -86_400.0, 86_400.0, 1e9])
def test_a_clock_that_jumps_loses_no_event_and_shows_no_timer(
    room: Room, state: Path, member: Membership, monkeypatch: pytest.MonkeyPatch, jump: float
) -> None:
    seat = Seat(state, member)
    room.state["timer_ends"] = 300.0
    seat.keep(*hints(1))
    seat.send(LONG)
    real = time.time()
    assert seat.news().timer(real) == pytest.approx(300, abs=60)
    assert seat.news().timer(real + jump) is None
    monkeypatch.setattr(time, "time", lambda: real + jump)
    seat.keep(*hints(2))
    assert seat.send(LONG).waiting == 0
    assert took(room) == [1, 2]


def test_two_commands_at_once_send_each_event_once(
    room: Room, state: Path, member: Membership
) -> None:
    def work(first: int) -> None:
        seat = Seat(state, member)
        for number in range(first, first + 10):
            while not seat.keep(*hints(number)):
                pass
            seat.send(LONG)

    threads = [threading.Thread(target=work, args=(first,)) for first in (100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(took(room)) == [*range(100, 110), *range(200, 210)]
    assert news.read(state).upto == 20


def test_connecting_beforehand_sends_nothing_and_serves_the_next_question(
    room: Room, state: Path, member: Membership
) -> None:
    seat = Seat(state, member)
    seat.connect()
    seat.keep(*hints(1))
    assert room.asked == []
    assert seat.send(LONG).waiting == 0


def test_a_connection_that_was_cut_off_meanwhile_is_made_anew(
    room: Room, state: Path, member: Membership
) -> None:
    seat = Seat(state, member)
    room.dropping = True
    seat.connect()
    assert room.dropped.wait(LONG)
    room.dropping = False
    seat.keep(*hints(1))
    assert seat.send(LONG).waiting == 0
    assert took(room) == [1]


def test_the_membership_is_for_its_owner_alone(state: Path, member: Membership) -> None:
    path = state / "room.json"
    assert path.stat().st_mode & 0o777 == 0o600
    assert membership.read(state) == member
