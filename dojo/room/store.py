"""The log of rooms in a database: SQLite in a folder, or PostgreSQL.

Entries are only appended, (room, learner, n) is there once. Whatever is written is on the disk
when a transaction ends. It must not know what entries mean.
"""

import json
import os
import re
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import sqlalchemy as sql
from alembic import command, config
from alembic.util.exc import CommandError
from sqlalchemy.exc import DatabaseError

from dojo.errors import UsageError
from dojo.room.entries import CLOSE, Entry
from dojo.room.schema import BOARDS, ENTRIES, ROOMS, SECRETS
from dojo.room.writing import Kept, Statements, Writing

FILE = "room.sqlite"
_AT_ONCE = 2_000
_UPGRADING = 0x6B617461  # a number of our own for PostgreSQL's lock
_TRIES, _AGAIN = 20, 0.1


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
        url = re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", url)
        try:
            if not url.startswith(("sqlite:", "postgresql+psycopg:")):
                raise sql.exc.ArgumentError("it is neither SQLite nor PostgreSQL")
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
    def writing(self) -> Iterator[Writing]:
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
            if not self.is_sqlite:  # two servers that start at once take turns
                c.execute(sql.select(sql.func.pg_advisory_xact_lock(_UPGRADING)))
            command.upgrade(settings, "head")


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
