"""A small room of our own: real HTTP on a real port, in a thread, which can also misbehave."""

import json
import socketserver
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dojo.joined import membership
from dojo.joined.membership import Membership
from tests.commands.conftest import course as course
from tests.commands.conftest import environment as environment
from tests.commands.conftest import kata as kata

STATE: dict[str, Any] = {
    "seq": 1,
    "line": "",
    "timer_ends": None,
    "open": [],
    "solutions": False,
    "board": 0,
    "hand": False,
    "closed": False,
}


class Room(socketserver.ThreadingTCPServer):
    """Takes events as a room does, unless `misbehave` says otherwise.

    Attributes:
        asked: every request: method, path, head, body.
        events: what was taken, by number.
        state: what is answered.
        misbehave: gets the request, answers with bytes, or None to take it.
        dropping: cut off whoever connects, before anything is asked.
        dropped: set when somebody was.
        over: set when the test is over; what hangs waits for it.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str, str, dict[str, Any]]] = []
        self.events: dict[int, dict[str, Any]] = {}
        self.state = dict(STATE)
        self.misbehave: Callable[[Handler, dict[str, Any]], bytes | None] = lambda h, b: None
        self.dropping = False
        self.dropped = threading.Event()
        self.over = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing: clients that hang up are what this is for."""

    def take(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        if path == "/api/join":
            return {
                "protocol": 1, "room": "r1", "title": "Monday", "learner": 3,
                "name": body["name"], "token": "t0ken", "katas": [],
                "expires": "2126-01-01T00:00:00+00:00", "state": self.state,
            }  # fmt: skip
        for event in body.get("events", ()):
            self.events.setdefault(event["n"], event)
            if event["kind"] in ("asked", "answered"):
                self.state["hand"] = event["kind"] == "asked"
        upto = 0
        while upto + 1 in self.events:
            upto += 1
        return {"upto": upto, "state": self.state}


class Handler(socketserver.StreamRequestHandler):
    @property
    def room(self) -> Room:
        assert isinstance(self.server, Room)
        return self.server

    def handle(self) -> None:
        if self.room.dropping:
            self.room.dropped.set()
            return
        head = ""
        while (line := self.rfile.readline()) not in (b"\r\n", b""):
            head += line.decode()
        if not head:
            return  # it connected, and had nothing to ask
        method, path, _ = head.split("\r\n")[0].split(" ")
        size = next((int(x[15:]) for x in head.split("\r\n") if x.startswith("Content-Length")), 0)
        body = json.loads(self.rfile.read(size) or b"{}")
        self.room.asked.append((method, path, head, body))
        raw = self.room.misbehave(self, body)
        if raw is None:
            raw = answer(200, self.room.take(path, body))
        self.wfile.write(raw)


def answer(status: int, body: object, more: str = "") -> bytes:
    """An answer in HTTP; a body of bytes stays as it is."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    head = f"HTTP/1.1 {status} x\r\nContent-Length: {len(data)}\r\n{more}\r\n"
    return head.encode() + data


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process, too, a busy machine decides nothing."""
    monkeypatch.setattr("dojo.joined.seat.BUDGET", 30.0)


@pytest.fixture
def runner() -> Path:
    """`kata`, with all the time it wants for a room."""
    return Path(__file__).with_name("patient_kata.py")


@pytest.fixture
def room() -> Iterator[Room]:
    with Room() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.over.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def member(room: Room) -> Membership:
    """A seat in that room."""
    return Membership(room.address, "r1", "Monday", 3, "Ada", "t0ken", (), "2126-01-01")


@pytest.fixture
def state(tmp_path: Path, member: Membership) -> Path:
    """A ``.kata`` folder that has joined it."""
    folder = tmp_path / ".kata"
    membership.write(folder, member)
    return folder
