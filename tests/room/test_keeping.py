"""What is kept: once, durably, without secrets; forgotten and expired for good; carried forward."""

import sqlite3
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sql
from alembic import command, config

from dojo.errors import UsageError
from dojo.room import auth, migrations, opening
from dojo.room.acts import Claim, Helped, Say
from dojo.room.live import LiveRooms
from dojo.room.rooms import NoRoom
from dojo.room.schema import META
from dojo.room.store import Store, sqlite_url
from dojo.room.writing import Kept

Sent = Callable[..., dict[str, Any]]


def _bytes(folder: Path) -> bytes:
    return b"".join(p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file())


def test_an_event_is_on_the_disk_when_it_is_answered(served: Any, sent: Sent) -> None:
    with served.join() as ada:
        ada.post("/api/events", json=sent("asked", text="a question to be found"))
    with sqlite3.connect(f"file:{served.folder}/room.sqlite?mode=ro", uri=True) as other:
        rows = other.execute("select learner, n, kind from entries order by seq").fetchall()
    assert rows == [(1, 0, "joined"), (1, 1, "asked")]


def test_the_file_is_written_durably(served: Any) -> None:
    with served.rooms.store.writing() as writing:
        settings = [
            writing._connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "secure_delete")
        ]
    assert settings == ["wal", 2, 1]


def test_unknown_kinds_and_fields_are_kept_as_they_came(served: Any, sent: Sent) -> None:
    with served.join() as ada:
        answer = ada.post("/api/events", json=sent("sang", song={"bars": [1, None, "x"]}))
    assert answer.json()["upto"] == 1
    (entry,) = [e for e in served.rooms.store.entries(served.room) if e.kind == "sang"]
    assert entry.data["song"] == {"bars": [1, None, "x"]}


def test_what_is_stored_without_a_gap_is_said(served: Any, sent: Sent) -> None:
    with served.join() as ada:
        assert ada.post("/api/events", json=sent("x", first=2)).json()["upto"] == 0
        assert ada.post("/api/events", json=sent("x", first=1)).json()["upto"] == 2


def test_a_log_is_folded_anew_at_the_start(served: Any, sent: Sent) -> None:
    with served.join() as ada:
        ada.post("/api/events", json=sent("begun", "asked"))
    served.rooms.act(served.room, Say("hello"))
    again = LiveRooms(
        Store(sqlite_url(served.folder)), lambda _: served.rooms.live("room-1").fold.content
    )
    try:
        assert again.upto(served.room, 1) == 2
        ours, theirs = served.rooms.live(served.room).fold, again.live(served.room).fold
        assert theirs.board(ours.at) == ours.board(ours.at)
    finally:
        again.close()


def test_no_secret_is_kept_in_clear(served: Any, sent: Sent) -> None:
    with served.join() as ada:
        ada.post("/api/events", json=sent("asked"))
        token = ada.headers["Authorization"].removeprefix("Bearer ")
    whole = _bytes(served.folder)
    for secret in (token, served.code, served.code.replace("-", ""), *served.links.values()):
        assert secret.encode() not in whole


def test_code_that_was_not_shared_is_not_kept(served: Any, sent: Sent) -> None:
    with served.join() as ada:
        ada.post("/api/events", json=sent("checked", status="fail", digest="0" * 64))
    assert b'"source"' not in _bytes(served.folder)


@pytest.mark.parametrize("by", ["learner", "instructor"])
def test_nothing_of_who_is_forgotten_is_left_in_the_files(served: Any, sent: Sent, by: str) -> None:
    with served.join("Zacharias") as who, served.join("Ada") as ada:
        for n in range(1, 60):
            body = sent("shared", first=n, source=f"private line {n}\n" * 40, text="my question")
            who.post("/api/events", json=body)
            ada.post("/api/events", json=sent("asked", first=n, text="another question"))
        served.rooms.act(served.room, Claim(1, "Zacharias's friend"))
        served.rooms.act(served.room, Helped(1, "Zacharias's friend"))
        before = _bytes(served.folder)
        for word in (b"Zacharias", b"private line", b"my question", b"friend"):
            assert word in before
        if by == "learner":
            assert who.post("/api/leave", json={"forget": True}).status_code == 200
        else:
            opening.forget(served.rooms.store, served.rooms.live(served.room).kept, 1)
        served.rooms.tidy()
        after = _bytes(served.folder)
        for word in (b"Zacharias", b"private line", b"my question", b"friend"):
            assert word not in after
        assert b"another question" in after
        served.rooms.refresh()
        assert [r.name for r in served.rooms.board(served.room).rows] == ["Ada"]
        assert who.get("/api/state").status_code == 401
        assert ada.get("/api/state").json()["upto"] == 59


def test_a_number_is_never_given_twice(served: Any) -> None:
    with served.join("Zoe") as zoe:
        zoe.post("/api/leave", json={"forget": True})
    with served.join("Ada"):
        assert [r.learner for r in served.rooms.board(served.room).rows] == [2]


def test_what_another_process_wrote_is_carried(served: Any) -> None:
    other = Store(sqlite_url(served.folder))
    opening.close_room(other, served.rooms.live(served.room).kept)
    other.close()
    assert not served.rooms.live(served.room).fold.closed
    served.rooms.refresh()
    assert served.rooms.live(served.room).fold.closed


def test_an_expired_room_goes_with_all_that_was_sent(tmp_path: Path) -> None:
    store = Store(sqlite_url(tmp_path))
    with store.writing() as writing:
        writing.make_room(Kept("old", "Old", ("first",), 0.0, 100.0, 0, 0.0, 0))
        writing.join("old", "Zacharias", "digest")
        writing.finish()
    rooms = LiveRooms(store, lambda _: pytest.fail("an expired room is not opened"))
    assert [k.id for k in opening.drop_expired(store, 99.0)] == []
    assert [k.id for k in opening.drop_expired(store, 101.0)] == ["old"]
    with pytest.raises(NoRoom):
        rooms.live("old")
    rooms.close()
    assert b"Zacharias" not in _bytes(tmp_path)


def test_a_room_whose_time_is_over_answers_nobody(served: Any) -> None:
    with served.join() as ada:
        live = served.rooms.live(served.room)
        live.kept = replace(live.kept, expires_at=time.time() - 1)
        assert ada.get("/api/state").status_code == 404


def test_a_replay_shows_what_the_board_showed(served: Any, sent: Sent) -> None:
    with served.join() as ada:
        ada.post("/api/events", json=sent("begun"))
        then = served.rooms.live(served.room).fold.at
        before = served.rooms.live(served.room).fold.board(then)
        ada.post("/api/events", json=sent("asked", first=2))
    later = served.rooms.live(served.room).fold.at
    assert later > then
    assert [n.reason for n in served.rooms.board_at(served.room, later).needs] == ["hand"]
    assert served.rooms.board_at(served.room, then) == before
    assert [n.reason for n in served.rooms.board_at(served.room, later).needs] == ["hand"]


def _first_version(folder: Path, revision: str) -> None:
    """A store as an older version left it, with a learner in it."""
    engine = sql.create_engine(sqlite_url(folder))
    with engine.begin() as connection:
        settings = config.Config()
        settings.set_main_option("script_location", str(Path(migrations.__file__).parent))
        settings.attributes["connection"] = connection
        command.upgrade(settings, revision)
        connection.exec_driver_sql(
            "insert into rooms values ('r', 'Old', 'first', 1.0, 9e9, 2, 3.0, 1)"
        )
        connection.exec_driver_sql(
            "insert into entries values ('r', 1, 2.0, 1, 0, 'joined', '{\"name\":\"Ada\"}'),"
            ' (\'r\', 2, 3.0, 1, 1, \'asked\', \'{"kata":"first","text":"why?"}\')'
        )
        connection.exec_driver_sql(
            f"insert into secrets values ('{auth.digest('token')}', 'r', 'learner', 1, null)"
        )
    engine.dispose()


def test_a_store_of_the_first_version_is_carried_forward(tmp_path: Path, hour: Any) -> None:
    _first_version(tmp_path, "r0001")
    rooms = LiveRooms(Store(sqlite_url(tmp_path)), lambda _: hour.fold.content)
    found = rooms.admission("token")
    assert found is not None
    assert (found.room, found.learner) == ("r", 1)
    assert rooms.live("r").fold.people[1].hand is not None
    with rooms.store.writing() as writing:
        writing.note_boards("server", "r", 2)
    assert rooms.store.boards("r", 0.0) == 2
    rooms.close()


def test_migrations_come_to_the_tables_of_today(tmp_path: Path) -> None:
    Store(sqlite_url(tmp_path)).close()
    engine = sql.create_engine(sqlite_url(tmp_path))
    there = sql.MetaData()
    there.reflect(engine)
    engine.dispose()
    for name, table in META.tables.items():
        assert [c.name for c in there.tables[name].columns] == [c.name for c in table.columns]
        assert [c.nullable for c in there.tables[name].columns] == [
            c.nullable for c in table.columns
        ]


def test_a_store_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    Store(sqlite_url(tmp_path)).close()
    with sqlite3.connect(tmp_path / "room.sqlite") as other:
        other.execute("update alembic_version set version_num = 'r9999'")
    with pytest.raises(UsageError, match="newer version"):
        Store(sqlite_url(tmp_path))


@pytest.mark.parametrize("url", ["nonsense", "mysql://x/y", "sqlite:////no/such/folder/x.sqlite"])
def test_a_database_that_cannot_be_used_is_said(url: str) -> None:
    with pytest.raises(UsageError):
        Store(url)
