"""Rooms as an instructor handles them at a terminal: opened, closed, exported, forgotten."""

import re
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from dojo.course.catalog import Catalog, Kata
from dojo.errors import UsageError
from dojo.machine import locks
from dojo.room import auth
from dojo.room.acts import Close, kind_of, to_data
from dojo.room.content import Content, content_of
from dojo.room.fold import Fold
from dojo.room.store import FILE, Store, sqlite_url
from dojo.room.writing import Kept, Writing

LOCK = "server.lock"
DAY = 24 * 3600.0
MOST_TITLE = 80
T = TypeVar("T")
_RANGE = re.compile(r"(\d+(?:\.\d+)*)\s*-\s*(\d+(?:\.\d+)*)")


@dataclass(frozen=True)
class Opening:
    """What a person asked `kata room open` for.

    Attributes:
        katas: selectors and ranges, separated by commas; empty to go on with a room.
        title: of a new room, or empty.
        days: after which a new room expires.
        room: the id of a room to go on with, or empty.
        go_on: where there is an open room, go on with it.
    """

    katas: str
    title: str
    days: float
    room: str
    go_on: bool


def open_store(folder: Path, database: str | None, make: bool) -> Store:
    """The rooms of a folder, or of a database.

    Raises:
        UsageError: there are none, or they can't be used.
    """
    if database is not None:
        return Store(database)
    if not make and not (folder / FILE).is_file():
        raise UsageError(f"There is no room in '{folder}'. Name its folder with --folder.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise UsageError(f"'{folder}' can't be used: {error.strerror}.") from None
    return Store(sqlite_url(folder.resolve()))


@contextmanager
def alone_in(folder: Path | None) -> Iterator[None]:
    """Be the only server of a folder; None: a database, which several may serve.

    Raises:
        UsageError: another one serves it.
    """
    if folder is None:
        yield
        return
    with ExitStack() as held:
        try:
            held.enter_context(locks.held(folder.resolve() / LOCK, 0.0))
        except locks.BusyError:
            raise UsageError(
                f"The room in '{folder}' is open already, in another window. "
                "Another --folder makes another room."
            ) from None
        yield


def room_to_open(store: Store, catalog: Catalog, wish: Opening) -> tuple[Kept, bool]:
    """The room that is opened, and whether it goes on from before.

    Raises:
        UsageError: it isn't clear which, or there is nothing to open.
    """
    now = time.time()
    rooms = [k for k in store.rooms() if k.expires_at > now and not store.is_closed(k.id)]
    if wish.room:
        return _named(rooms, wish.room), True
    if rooms and wish.go_on:
        kept = rooms[0]
        if wish.katas and tuple(k.slug for k in select(catalog, wish.katas)) != kept.katas:
            raise UsageError(
                f"The room '{kept.title}' is still open here, with other katas. End it by "
                "`kata room close`, or open this one with another --folder."
            )
        return kept, True
    if not wish.katas:
        raise UsageError("Say which katas the room is for, such as `--katas 1.1-1.3`.")
    return _make(store, select(catalog, wish.katas), wish), False


def one_room(store: Store, room: str) -> Kept:
    """The room that a person means: named, or the newest there is.

    Raises:
        UsageError: there is none.
    """
    rooms = store.rooms()
    if room:
        return _named(rooms, room)
    if not rooms:
        raise UsageError("There is no room any more: it was never opened, or it has expired.")
    return rooms[0]


def fold_of(store: Store, kept: Kept, catalog: Catalog) -> Fold:
    """A room's log, added up."""
    return Fold(kept.title, contents(catalog)(kept.katas)).take_all(store.entries(kept.id))


def contents(catalog: Catalog) -> Callable[[Sequence[str]], Content]:
    """Makes what a room needs of the course; katas that are no more are left out."""

    def make(slugs: Sequence[str]) -> Content:
        return content_of([k for k in catalog.katas if k.slug in slugs])

    return make


def select(catalog: Catalog, wanted: str) -> tuple[Kata, ...]:
    """The katas of selectors and ranges such as ``1.1-1.3,2.1.1``, in course order.

    Raises:
        UsageError: something of it fits nothing.
    """
    parts = [p.strip() for p in wanted.split(",") if p.strip()]
    return catalog.joined([_part(catalog, p) for p in parts])


def close_room(store: Store, kept: Kept) -> None:
    """A room takes nothing more; a server that has it open tells the learners."""
    _write(store, lambda w: w.append(kept.id, None, None, kind_of(Close()), to_data(Close())))


def forget(store: Store, kept: Kept, learner: int) -> None:
    """Delete all of a learner, also from the file's free pages.

    Raises:
        UsageError: there is no such learner.
    """
    if not _write(store, lambda w: w.forget(kept.id, learner)):
        raise UsageError(f"There is no learner {learner} in the room '{kept.title}'.")
    store.tidy()


def forget_room(store: Store, kept: Kept) -> None:
    """Delete a room and all that was sent to it."""
    _write(store, lambda w: w.drop_room(kept.id))
    store.tidy()


def drop_expired(store: Store, now: float) -> list[Kept]:
    """Delete rooms whose time is over, with all that was sent to them; returns them."""
    gone = [k for k in store.rooms() if k.expires_at <= now]
    for kept in gone:
        _write(store, lambda w, kept=kept: w.drop_room(kept.id))
    if gone:
        store.tidy()
    return gone


def make_links(store: Store, room: str, revoke: bool) -> dict[str, str]:
    """New secrets for the board and the projector; with ``revoke`` the old ones open nothing."""
    made = {role: auth.make_secret() for role in ("board", "projector")}
    with store.writing() as writing:
        if revoke:
            writing.withdraw_links(room)
        for role, secret in made.items():
            writing.admit(auth.digest(secret), room, role)
    return made


def _make(store: Store, katas: Sequence[Kata], wish: Opening) -> Kept:
    now = time.time()
    title = " ".join(wish.title.split())[:MOST_TITLE] or f"Katas {wish.katas}"
    slugs = tuple(k.slug for k in katas)
    kept = Kept(secrets.token_hex(8), title, slugs, now, now + DAY * wish.days, 0, now, 0)
    with store.writing() as writing:
        writing.make_room(kept)
    return kept


def _named(rooms: Sequence[Kept], room: str) -> Kept:
    found = next((k for k in rooms if k.id == room), None)
    if found is None:
        there = ", ".join(f"{k.id} ('{k.title}')" for k in rooms) or "none"
        raise UsageError(f"There is no open room '{room}' here. There is: {there}.")
    return found


def _part(catalog: Catalog, text: str) -> tuple[Kata, ...]:
    ends = _RANGE.fullmatch(text)
    if ends is None:
        return catalog.select(text)
    first, last = (_numbers(catalog.select(end)[0].id, end) for end in ends.groups())
    return tuple(
        k
        for k in catalog.katas
        if first <= _numbers(k.id, ends[1]) and _numbers(k.id, ends[2]) <= last
    )


def _numbers(kata_id: str, like: str) -> tuple[int, ...]:
    """The numbers of an id, as many as another text has."""
    return tuple(map(int, kata_id.split(".")[: like.count(".") + 1]))


def _write(store: Store, work: Callable[[Writing], T]) -> T:
    with store.writing() as writing:
        result = work(writing)
        writing.finish()
        return result
