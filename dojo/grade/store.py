"""What was judged, kept: one SQLite file in the folder of the results.

Each grading is committed when it is there, before the next is asked for: the store is the journal
too, and a process that is killed at any moment loses only what it was judging. Source files are
kept beside it, all that were handed in.
"""

import threading
from collections.abc import Iterable, Iterator, Mapping
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
_SHOWN = sql.Table(
    "shown",
    _META,
    sql.Column("key", sql.String, primary_key=True),
    sql.Column("look", sql.String, nullable=False),
    sql.Column("text", sql.Text, nullable=False),
)
_PLAN = sql.Table("plan", _META, sql.Column("text", sql.Text, nullable=False))
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

    @property
    def is_unjudged(self) -> bool:
        """Whether it was tried and came to no verdict."""
        return self.status == "not judged"

    def holds(self, weak: bool) -> bool:
        """Whether it need not be judged again.

        Args:
            weak: whether less than full isolation will do.
        """
        return not self.is_unjudged and (weak or self.isolation == FULL)


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
            connection.execute(sql.delete(_SHOWN).where(_SHOWN.c.key == unit.key))

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

    def shown(self, keys: Iterable[str], look: str) -> dict[str, str]:
        """What a terminal shows of units, by their keys, where it was made with this look."""
        found: dict[str, str] = {}
        for part in _parts(keys):
            query = sql.select(_SHOWN.c.key, _SHOWN.c.text).where(_SHOWN.c.look == look)
            with self._changing() as connection:
                rows = connection.execute(query.where(_SHOWN.c.key.in_(part)))
                found.update((row.key, row.text) for row in rows)
        return found

    def keep_shown(self, texts: Mapping[str, str], look: str) -> None:
        """Keep what a terminal shows of units, by their keys; making it takes time."""
        rows = [{"key": key, "look": look, "text": text} for key, text in texts.items()]
        if rows:
            with self._changing() as connection:
                connection.execute(sql.insert(_SHOWN).prefix_with("OR REPLACE"), rows)

    def plan(self) -> str | None:
        """What a share of was judged here, if it was one."""
        with self._changing() as connection:
            return connection.execute(sql.select(_PLAN.c.text)).scalars().first()

    def keep_plan(self, text: str) -> None:
        """Remember what a share of is judged here."""
        with self._changing() as connection:
            connection.execute(sql.delete(_PLAN))
            connection.execute(sql.insert(_PLAN), {"text": text})

    def adopt(self, other: "Store") -> None:
        """Take over the gradings and the files of another store."""
        for table in (_GRADINGS, _SOURCES):
            with other._changing() as theirs, self._changing() as ours:
                rows = theirs.execution_options(yield_per=_AT_ONCE).execute(sql.select(table))
                for part in rows.mappings().partitions():
                    values = [{str(k): v for k, v in row.items()} for row in part]
                    ours.execute(sql.insert(table).prefix_with("OR REPLACE"), values)

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
