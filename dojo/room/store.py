"""The log of rooms in a database: SQLite in a folder, or PostgreSQL.

Entries are only appended, (room, learner, n) is there once. Whatever is written is on the disk
when a transaction ends. It must not know what entries mean.
"""

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import sqlalchemy as sql
from alembic import command, config
from alembic.util.exc import CommandError
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DatabaseError

from dojo.errors import UsageError
from dojo.room.entries import CLOSE, FORGOTTEN, JOINED, Entry
from dojo.room.schema import BOARDS, ENTRIES, ROOMS, SECRETS

FILE = "room.sqlite"
CHANNEL = "kata_room"  # of PostgreSQL's notifications
_AT_ONCE = 2_000
_TRIES, _AGAIN = 20, 0.1


@dataclass(frozen=True)
class Kept:
    """What is kept of a room beside its log.

    Attributes:
        id: its name in the database; of no use to anybody outside.
        title: for people.
        katas: slugs.
        opened_at, expires_at: seconds since the epoch.
        seq, at: of its last entry.
        learners: the highest number that a learner has.
    """

    id: str
    title: str
    katas: tuple[str, ...]
    opened_at: float
    expires_at: float
    seq: int
    at: float
    learners: int


@dataclass(frozen=True)
class Admission:
    """What a secret opens: a room, as whom, and as which learner."""

    room: str
    role: str
    learner: int | None


def sqlite_url(folder: Path) -> str:
    """The address of the database in a folder."""
    return f"sqlite:///{folder / FILE}"


class Store:
    """The rooms of one database. Threads may share it.

    Args:
        url: as SQLAlchemy writes it.

    Raises:
        UsageError: it can't be reached, or a newer version keeps it.
    """

    def __init__(self, url: str) -> None:
        try:
            self.engine = sql.create_engine(url, **_settings(url))
        except (sql.exc.ArgumentError, ModuleNotFoundError) as error:
            raise UsageError(f"'{_shown(url)}' can't be used as a database: {error}.") from None
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._statements = Statements(self.is_sqlite)
        if self.is_sqlite:
            sql.event.listen(self.engine, "connect", _make_durable)
            sql.event.listen(self.engine, "begin", _begin)
        try:
            self._upgrade()
        except CommandError:
            raise UsageError(
                "This room is kept by a newer version of kata; update kata to open it."
            ) from None
        except DatabaseError as error:
            raise UsageError(f"'{_shown(url)}' can't be used: {_why(error)}.") from None

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    @contextmanager
    def writing(self) -> "Iterator[Writing]":
        """A transaction; what is written in it is on the disk when it ends."""
        with self.engine.begin() as connection:
            yield Writing(connection, self._statements)

    @contextmanager
    def reading(self) -> Iterator[sql.Connection]:
        """A connection that reads; it holds up nobody."""
        with self.engine.connect().execution_options(kata_reads=True) as connection:
            yield connection

    def rooms(self) -> list[Kept]:
        """All rooms, the newest first."""
        with self.reading() as connection:
            rows = connection.execute(sql.select(ROOMS).order_by(ROOMS.c.opened_at.desc())).all()
        return [_kept(row) for row in rows]

    def room(self, room: str) -> Kept | None:
        """One room, if there is one."""
        with self.reading() as connection:
            row = connection.execute(sql.select(ROOMS).where(ROOMS.c.id == room)).one_or_none()
        return None if row is None else _kept(row)

    def is_closed(self, room: str) -> bool:
        """Whether a room takes nothing more."""
        closed = sql.and_(ENTRIES.c.learner.is_(None), ENTRIES.c.kind == CLOSE)
        query = sql.select(ENTRIES.c.seq).where(ENTRIES.c.room == room, closed)
        with self.reading() as connection:
            return connection.execute(query.limit(1)).first() is not None

    def seqs(self) -> dict[str, int]:
        """By room the number of its last entry."""
        with self.reading() as connection:
            return {r.id: r.seq for r in connection.execute(sql.select(ROOMS.c.id, ROOMS.c.seq))}

    def entries(self, room: str, after: int = 0, until: float | None = None) -> Iterator[Entry]:
        """The log from after a number to a moment, in order, a part at a time."""
        while True:
            query = sql.select(ENTRIES).where(ENTRIES.c.room == room, ENTRIES.c.seq > after)
            if until is not None:
                query = query.where(ENTRIES.c.at <= until)
            with self.reading() as connection:
                rows = connection.execute(query.order_by(ENTRIES.c.seq).limit(_AT_ONCE)).all()
            yield from map(_entry, rows)
            if len(rows) < _AT_ONCE:
                return
            after = rows[-1].seq

    def span(self, room: str) -> tuple[float, float] | None:
        """The moments of the first and the last entry."""
        with self.reading() as connection:
            bounds = sql.func.min(ENTRIES.c.at), sql.func.max(ENTRIES.c.at)
            first, last = connection.execute(
                sql.select(*bounds).where(ENTRIES.c.room == room)
            ).one()
        return None if first is None else (first, last)

    def admission(self, digest: str) -> Admission | None:
        """What a secret opens, by its digest."""
        query = sql.select(SECRETS).where(SECRETS.c.digest == digest, SECRETS.c.role != "code")
        with self.reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else Admission(row.room, row.role, row.learner)

    def codes(self) -> list[tuple[str, str]]:
        """The digests of the join codes that are valid now, with their rooms."""
        query = sql.select(SECRETS).where(SECRETS.c.role == "code", SECRETS.c.until > time.time())
        with self.reading() as connection:
            return [(row.digest, row.room) for row in connection.execute(query)]

    def boards(self, room: str, since: float) -> int:
        """How many boards all servers show that were heard of lately."""
        query = sql.select(sql.func.sum(BOARDS.c.open))
        with self.reading() as connection:
            found = query.where(BOARDS.c.room == room, BOARDS.c.seen > since)
            return connection.execute(found).scalar() or 0

    def size(self) -> int:
        """Bytes of the file; 0 where the database sees to that itself."""
        name = self.engine.url.database
        return os.path.getsize(name) if self.is_sqlite and name else 0

    def tidy(self) -> None:
        """Leave nothing of what was deleted in the files of the database."""
        if not self.is_sqlite:
            return  # PostgreSQL's own autovacuum frees what was deleted
        with closing(self.engine.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute("VACUUM")
            for _ in range(_TRIES):
                busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                if not busy:
                    break
                time.sleep(_AGAIN)  # somebody reads

    def _upgrade(self) -> None:
        with as_file(files("dojo.room") / "migrations") as scripts, self.engine.begin() as c:
            settings = config.Config()
            settings.set_main_option("script_location", str(scripts).replace("%", "%%"))
            settings.attributes["connection"] = c
            command.upgrade(settings, "head")


class Statements:
    """What is said to a database again and again, put together once.

    Args:
        is_sqlite: to SQLite, or else to PostgreSQL.
    """

    def __init__(self, is_sqlite: bool) -> None:
        insert: Any = sqlite.insert if is_sqlite else postgresql.insert
        once = insert(ENTRIES).on_conflict_do_nothing(index_elements=["room", "learner", "n"])
        # Whether a row was written is told by each in a way of its own.
        self.event = once if is_sqlite else once.returning(ENTRIES.c.seq)
        self.is_sqlite = is_sqlite
        self.act = insert(ENTRIES)
        made = insert(SECRETS)
        self.secret = made.on_conflict_do_update(
            index_elements=["digest"], set_={"until": made.excluded.until}
        )
        made = insert(BOARDS)
        self.boards = made.on_conflict_do_update(
            index_elements=["server", "room"],
            set_={"open": made.excluded.open, "seen": made.excluded.seen},
        )
        head = sql.select(ROOMS.c.seq, ROOMS.c.at, ROOMS.c.learners)
        self.hold = head.where(ROOMS.c.id == sql.bindparam("room")).with_for_update()
        self.done = sql.update(ROOMS).where(ROOMS.c.id == sql.bindparam("room"))


class Writing:
    """A transaction that writes to rooms.

    Args:
        connection: on which it began.
        statements: for its database.
    """

    def __init__(self, connection: sql.Connection, statements: Statements) -> None:
        self._connection, self._say = connection, statements
        self._held: dict[str, list[float]] = {}  # by room: seq, at, learners
        self.began_after: dict[str, int] = {}
        self.written: dict[str, list[Entry]] = {}

    def make_room(self, room: Kept) -> None:
        """A room without a log."""
        row = {**vars(room), "katas": " ".join(room.katas)}
        self._connection.execute(sql.insert(ROOMS), row)

    def admit(
        self, digest: str, room: str, role: str, learner: int | None = None,
        until: float | None = None,
    ) -> None:  # fmt: skip
        """Remember what a secret opens."""
        row = {"digest": digest, "room": room, "role": role, "learner": learner, "until": until}
        self._connection.execute(self._say.secret, row)

    def withdraw(self, digest: str) -> None:
        """A secret opens nothing any more."""
        self._connection.execute(sql.delete(SECRETS).where(SECRETS.c.digest == digest))

    def withdraw_links(self, room: str) -> None:
        """The links to a room's board and projector open nothing any more."""
        links = SECRETS.c.role.in_(["board", "projector"])
        self._connection.execute(sql.delete(SECRETS).where(SECRETS.c.room == room, links))

    def join(self, room: str, name: str, token_digest: str) -> int | None:
        """The number of a new learner; None where there is no such room."""
        if not self._hold(room):
            return None
        held = self._held[room]
        held[2] += 1
        learner = int(held[2])
        self.admit(token_digest, room, "learner", learner)
        self.append(room, learner, 0, JOINED, {"name": name})
        return learner

    def append(
        self, room: str, learner: int | None, n: int | None, kind: str, data: Mapping[str, Any]
    ) -> bool:
        """Append to a log; False where it is there already, or the room isn't."""
        return self.append_text(room, learner, n, kind, json.dumps(data, separators=(",", ":")))

    def append_text(
        self, room: str, learner: int | None, n: int | None, kind: str, data: str
    ) -> bool:
        """As `append`, with the rest as JSON already."""
        if not self._hold(room):
            return False
        held = self._held[room]
        seq, at = int(held[0]) + 1, max(time.time(), held[1])
        row = {
            "room": room, "seq": seq, "at": at, "learner": learner, "n": n, "kind": kind,
            "data": data,
        }  # fmt: skip
        if learner is None:
            self._connection.execute(self._say.act, row)
        elif not self._is_new(row):
            return False
        held[0], held[1] = seq, at
        self.written.setdefault(room, []).append(Entry(seq, at, learner, n, kind, json.loads(data)))
        return True

    def forget(self, room: str, learner: int) -> bool:
        """Delete all of a learner, what was done for them too; False: there is no such one."""
        if not self._hold(room):
            return False
        mine = sql.and_(ENTRIES.c.room == room, ENTRIES.c.learner == learner)
        gone = self._connection.execute(sql.delete(ENTRIES).where(mine)).rowcount
        acts = sql.select(ENTRIES.c.seq, ENTRIES.c.data, ENTRIES.c.kind)
        acts = acts.where(ENTRIES.c.room == room, ENTRIES.c.learner.is_(None))
        about = [
            row.seq
            for row in self._connection.execute(acts).all()
            if row.kind != FORGOTTEN and json.loads(row.data).get("learner") == learner
        ]
        for seq in about:
            self._connection.execute(
                sql.delete(ENTRIES).where(ENTRIES.c.room == room, ENTRIES.c.seq == seq)
            )
        self._connection.execute(
            sql.delete(SECRETS).where(SECRETS.c.room == room, SECRETS.c.learner == learner)
        )
        if gone:
            self.append(room, None, None, FORGOTTEN, {"learner": learner})
        return gone > 0

    def drop_room(self, room: str) -> None:
        """Delete a room and all that it holds."""
        for table in (ENTRIES, SECRETS, BOARDS):
            self._connection.execute(sql.delete(table).where(table.c.room == room))
        self._connection.execute(sql.delete(ROOMS).where(ROOMS.c.id == room))

    def note_boards(self, server: str, room: str, number: int) -> None:
        """Remember how many boards a server shows."""
        values = {"server": server, "room": room, "open": number, "seen": time.time()}
        self._connection.execute(self._say.boards, values)

    def finish(self) -> None:
        """Write down how far the logs are; the last thing in a transaction. Tells other servers."""
        for room, (seq, at, learners) in self._held.items():
            values = {"room": room, "seq": int(seq), "at": at, "learners": int(learners)}
            self._connection.execute(self._say.done, values)
            if self._connection.dialect.name == "postgresql" and room in self.written:
                word = sql.func.pg_notify(CHANNEL, f"{room} {int(seq)}")
                self._connection.execute(sql.select(word))

    def _is_new(self, row: dict[str, Any]) -> bool:
        """Write an event, unless it is there already."""
        done = self._connection.execute(self._say.event, row)
        return done.rowcount > 0 if self._say.is_sqlite else done.first() is not None

    def _hold(self, room: str) -> bool:
        """Be the only one who writes to a room until the transaction ends."""
        if room in self._held:
            return True
        row = self._connection.execute(self._say.hold, {"room": room}).one_or_none()
        if row is None:
            return False
        self._held[room] = [row.seq, row.at, row.learners]
        self.began_after[room] = row.seq
        return True


def _settings(url: str) -> dict[str, Any]:
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": 60, "check_same_thread": False}}
    return {"pool_pre_ping": True, "connect_args": {"connect_timeout": 10}}


def _make_durable(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say
    cursor = connection.cursor()
    for setting in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _begin(connection: sql.Connection) -> None:
    """Who will write says so at once: a reader who becomes a writer may come too late."""
    reads = connection.get_execution_options().get("kata_reads", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _kept(row: Any) -> Kept:
    return Kept(
        row.id, row.title, tuple(row.katas.split()), row.opened_at, row.expires_at, row.seq,
        row.at, row.learners,
    )  # fmt: skip


def _entry(row: Any) -> Entry:
    return Entry(row.seq, row.at, row.learner, row.n, row.kind, json.loads(row.data))


def _shown(url: str) -> str:
    """An address without the password in it."""
    try:
        return sql.make_url(url).render_as_string(hide_password=True)
    except sql.exc.ArgumentError:
        return url


def _why(error: DatabaseError) -> str:
    return " ".join(str(error.orig).split())
