"""What was judged, kept: one SQLite file in the folder of the results.

Each grading is committed when it is there, before the next is asked for: the store is the journal
too, and a process that is killed at any moment loses only what it was judging. Source files are
kept beside it, all that were handed in.
"""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sql
from sqlalchemy.exc import DatabaseError

from dojo.errors import UsageError
from dojo.grade.keeping import from_text, to_text
from dojo.grade.unit import FULL, Grading, Unit

FILE = "store.sqlite"
_AT_ONCE = 500
_META = sql.MetaData()
_GRADINGS = sql.Table(
    "gradings",
    _META,
    sql.Column("key", sql.String, primary_key=True),
    sql.Column("slug", sql.String, nullable=False),
    sql.Column("suite", sql.String, nullable=False),
    sql.Column("engine", sql.String, nullable=False),
    sql.Column("digest", sql.String, nullable=False),
    sql.Column("status", sql.String, nullable=False),
    sql.Column("isolation", sql.String, nullable=False),
    sql.Column("seeds", sql.String, nullable=False),
    sql.Column("verdict", sql.Text, nullable=False),
)
_SOURCES = sql.Table(
    "sources",
    _META,
    sql.Column("digest", sql.String, primary_key=True),
    sql.Column("content", sql.LargeBinary, nullable=False),
)
_WRITTEN = sql.Table(
    "written",
    _META,
    sql.Column("name", sql.String, primary_key=True),
    sql.Column("digest", sql.String, nullable=False),
)


@dataclass(frozen=True)
class Kept:
    """What a grading that is kept came to."""

    status: str
    isolation: str

    def holds(self, weak: bool) -> bool:
        """Whether it need not be judged again.

        Args:
            weak: whether less than full isolation will do.
        """
        return self.status != "not judged" and (weak or self.isolation == FULL)


class Store:
    """The gradings in one folder; a context manager, which threads may share.

    Args:
        folder: where the file is, or is to be; exists.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._engine = sql.create_engine(
            f"sqlite:///{self._path}", connect_args={"timeout": 60, "check_same_thread": False}
        )
        self._lock = threading.Lock()

    def __enter__(self) -> "Store":
        sql.event.listen(self._engine, "connect", _make_durable)
        with self._changing() as connection:
            _META.create_all(connection)
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.dispose()

    def keep_sources(self, sources: Iterable[tuple[str, bytes]]) -> None:
        """Keep files by their digests; those that are there already aren't asked for."""
        with self._changing() as connection:
            for digest, content in sources:
                connection.execute(
                    sql.insert(_SOURCES).prefix_with("OR IGNORE"),
                    {"digest": digest, "content": content},
                )

    def source_digests(self) -> set[str]:
        """The digests of the files that are kept."""
        with self._changing() as connection:
            return {*connection.execute(sql.select(_SOURCES.c.digest)).scalars()}

    def source(self, digest: str) -> bytes:
        """A file that is kept."""
        with self._changing() as connection:
            found = sql.select(_SOURCES.c.content).where(_SOURCES.c.digest == digest)
            return connection.execute(found).scalar_one()

    def judged(self, keys: Iterable[str]) -> dict[str, Kept]:
        """What is known of units, by their keys."""
        found: dict[str, Kept] = {}
        for part in _parts(keys):
            query = sql.select(_GRADINGS.c.key, _GRADINGS.c.status, _GRADINGS.c.isolation)
            with self._changing() as connection:
                rows = connection.execute(query.where(_GRADINGS.c.key.in_(part)))
                found.update((row.key, Kept(row.status, row.isolation)) for row in rows)
        return found

    def keep(self, unit: Unit, grading: Grading) -> None:
        """Keep the grading of a unit; it is on the disk when this returns."""
        row = {
            "key": unit.key,
            "slug": unit.slug,
            "suite": unit.suite,
            "engine": unit.engine,
            "digest": unit.digest,
            "status": grading.verdict.status,
            "isolation": grading.verdict.isolation,
            "seeds": " ".join(map(str, grading.seeds)),
            "verdict": to_text(grading.verdict),
        }
        with self._changing() as connection:
            connection.execute(sql.insert(_GRADINGS).prefix_with("OR REPLACE"), row)

    def grading(self, key: str) -> Grading | None:
        """The grading of a unit, if it was judged."""
        with self._changing() as connection:
            query = sql.select(_GRADINGS.c.verdict, _GRADINGS.c.seeds)
            row = connection.execute(query.where(_GRADINGS.c.key == key)).one_or_none()
        if row is None:
            return None
        try:
            return Grading(from_text(row.verdict), tuple(map(int, row.seeds.split())))
        except ValueError:
            raise UsageError(
                f"'{self._path}' was changed by something else than `kata grade`. Move it away: "
                "everything is judged anew then."
            ) from None

    def written(self, name: str) -> str | None:
        """The digest of what was last written into a file of the results."""
        with self._changing() as connection:
            query = sql.select(_WRITTEN.c.digest).where(_WRITTEN.c.name == name)
            return connection.execute(query).scalar_one_or_none()

    def note_written(self, name: str, digest: str) -> None:
        """Remember what is written into a file of the results."""
        with self._changing() as connection:
            connection.execute(
                sql.insert(_WRITTEN).prefix_with("OR REPLACE"), {"name": name, "digest": digest}
            )

    @contextmanager
    def _changing(self) -> Iterator[sql.Connection]:
        """A connection whose changes are on the disk when this ends.

        Raises:
            UsageError: the file is damaged, or can't be written.
        """
        try:
            with self._lock, self._engine.begin() as connection:
                yield connection
        except DatabaseError as error:
            raise UsageError(
                f"'{self._path}' can't be used ({error.orig}). What it holds is lost only if the "
                "file is: move it away to have everything judged anew."
            ) from None


def _make_durable(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()


def _parts(keys: Iterable[str]) -> Iterator[list[str]]:
    whole = sorted(set(keys))
    return (whole[i : i + _AT_ONCE] for i in range(0, len(whole), _AT_ONCE))
