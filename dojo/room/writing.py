"""A transaction that writes to rooms: what is in it is on the disk when it ends, or none of it is.

Numbers of a log are given while the room's row is held, so that they are committed in their order.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sql
from sqlalchemy.dialects import postgresql, sqlite

from dojo.room.entries import FORGOTTEN, JOINED, Entry
from dojo.room.schema import BOARDS, ENTRIES, ROOMS, SECRETS

CHANNEL = "kata_room"  # of PostgreSQL's notifications


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

    def withdraw_codes(self) -> None:
        """No join code admits any more."""
        self._connection.execute(sql.delete(SECRETS).where(SECRETS.c.role == "code"))

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
