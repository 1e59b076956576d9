"""Rooms without a network: hours that are scripted minute by minute, and servers on a free port."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from dojo.room import opening, serve
from dojo.room.acts import Act, kind_of, to_data
from dojo.room.api import Door, Limits
from dojo.room.app import create_app
from dojo.room.codes import Codes
from dojo.room.content import Content
from dojo.room.entries import FORGOTTEN, JOINED, Entry
from dojo.room.fold import Fold
from dojo.room.live import LiveRooms
from dojo.room.store import Store, sqlite_url
from dojo.room.views import Board, Column, Need
from dojo.room.writing import Kept

CONTENT = Content(
    columns=(
        Column("1.1.1", "first", "The first", 10),
        Column("1.1.2", "second", "The second", 5),
    ),
    sentences={
        "first": {"sum-for-mean": "These are squares added up.", "half": "There is a half."},
        "second": {"late": "It comes too late."},
    },
    stubs={"first": frozenset({"", "def first():", "..."}), "second": frozenset()},
)


class Hour:
    """A room's log, written by hand; times are minutes since it began."""

    def __init__(self, content: Content = CONTENT) -> None:
        self.log: list[Entry] = []
        self.fold = Fold("Monday", content)
        self._numbers: dict[int, int] = {}

    def join(self, minute: float, name: str = "Ada") -> int:
        learner = len(self._numbers) + 1
        self._numbers[learner] = 0
        self._add(minute, learner, 0, JOINED, {"name": name})
        return learner

    def event(
        self, minute: float, learner: int, kind: str, kata: str = "first", **data: Any
    ) -> None:
        self._numbers[learner] += 1
        self._add(minute, learner, self._numbers[learner], kind, {"kata": kata, **data})

    def check(
        self, minute: float, learner: int, passed: str = "", *mistakes: str,
        kata: str = "first", of: int = 4, **data: Any,
    ) -> None:  # fmt: skip
        """A check of which these letters are the names of the checks that passed."""
        names = [*passed]
        failed = [f"other{i}" for i in range(of - len(names))]
        told: dict[str, Any] = {"status": "fail" if failed else "pass", "passed": names}
        told |= {"failed": failed, "checks": of, "mistakes": [*mistakes]}
        self.event(
            minute, learner, "checked", kata, **{**told, **data}
        )  # fmt: skip

    def act(self, minute: float, act: Act) -> None:
        self._add(minute, None, None, kind_of(act), to_data(act))

    def forget(self, minute: float, learner: int) -> None:
        self._add(minute, None, None, FORGOTTEN, {"learner": learner})

    def board(self, minute: float) -> Board:
        return self.fold.board(60.0 * minute)

    def needs(self, minute: float) -> list[tuple[str, str]]:
        """Names and reasons, first first."""
        return [(n.name, n.reason) for n in self.board(minute).needs]

    def need(self, minute: float) -> Need:
        """The only need there is."""
        (need,) = self.board(minute).needs
        return need

    def _add(self, minute: float, learner: int | None, n: int | None, kind: str, data: Any) -> None:
        entry = Entry(len(self.log) + 1, 60.0 * minute, learner, n, kind, data)
        self.log.append(entry)
        self.fold.take(entry)


@pytest.fixture
def hour() -> Hour:
    """A room in which nothing has happened yet."""
    return Hour()


@pytest.fixture
def hours() -> type[Hour]:
    """For tests that need another room."""
    return Hour


@dataclass
class Served:
    """A room behind a real socket, and what an attacker and a learner need."""

    base: str
    room: str
    code: str
    rooms: LiveRooms
    codes: Codes
    links: dict[str, str]
    folder: Path
    statuses: list[int]
    app: FastAPI

    def client(self, token: str = "") -> httpx.Client:
        """A client whose answers are watched: none may be our fault."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        hooks = {"response": [self._note]}
        return httpx.Client(
            base_url=self.base, headers=headers, event_hooks=hooks, timeout=30, verify=False
        )

    def _note(self, answer: httpx.Response) -> None:
        self.statuses.append(answer.status_code)

    def join(self, name: str = "Ada") -> httpx.Client:
        """A learner, honest so far."""
        wish = {"protocol": 1, "code": self.code, "name": name, "engine": "test"}
        with self.client() as stranger:
            answer = stranger.post("/api/join", json=wish)
        assert answer.status_code == 200, answer.text
        return self.client(answer.json()["token"])

    def enter(self, role: str = "board") -> httpx.Client:
        """A browser with the cookie of the board or the projector."""
        client = self.client()
        with self.client() as stranger:
            answer = stranger.post(
                f"/{role}/enter", data={"secret": self.links[role]}, headers={"Origin": self.base}
            )
            assert answer.status_code == 303, answer.text
            client.cookies.update(stranger.cookies)
        return client

    def forgive(self) -> None:
        """Forget who tried what how often, and go by the code of now."""
        self.codes.forgive()
        self.code = self.rooms.join[self.room][1]


def events(*kinds: str, first: int = 1, **data: Any) -> dict[str, Any]:
    """The body that hands over events of these kinds."""
    plain = {"at": "2026-01-01T10:00:00Z", "kata": "first", **data}
    some = [{"n": n, "kind": kind, **plain} for n, kind in enumerate(kinds, start=first)]
    return {"protocol": 1, "events": some}


@contextlib.contextmanager
def serving(folder: Path, limits: Limits | None = None) -> Iterator[Served]:
    """A server in this process with one room."""
    store = Store(sqlite_url(folder))
    now = time.time()
    kept = Kept("room-1", "Monday", ("first", "second"), now, now + 3600, 0, now, 0)
    with store.writing() as writing:
        writing.make_room(kept)
    rooms = LiveRooms(store, lambda slugs: CONTENT, fresh=0)
    place = serve.Place("127.0.0.1", 0)
    sock = serve.bound(place)
    serve.listen(sock, place)
    base = f"http://127.0.0.1:{sock.getsockname()[1]}"
    codes = Codes(rooms, base, lambda room, code: None)
    code = codes.make(kept.id)
    app = create_app(Door(rooms, codes, limits), slow=1.0)
    server = serve.RoomServer(serve.configured(app, place), rooms.stop)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]})
    thread.start()
    links = opening.make_links(store, kept.id, revoke=False)
    try:
        yield Served(base, kept.id, code, rooms, codes, links, folder, [], app)
    finally:
        server.handle_exit(2, None)
        thread.join()
        sock.close()
        rooms.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A room that is served, fresh."""
    with serving(tmp_path) as room:
        yield room


@pytest.fixture
def sent() -> Callable[..., dict[str, Any]]:
    """Makes bodies that hand over events."""
    return events


@pytest.fixture
def serve_room() -> Callable[..., contextlib.AbstractContextManager[Served]]:
    """Serves further rooms."""
    return serving
