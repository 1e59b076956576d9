"""What `kata room` does: opens a room and serves it, closes, exports and forgets."""

import sys
import time
from dataclasses import dataclass
from pathlib import Path

import click

from dojo.commands.desk import load_catalog
from dojo.course.catalog import Catalog
from dojo.errors import UsageError
from dojo.room import opening, reported, serve
from dojo.room.api import Door
from dojo.room.app import create_app
from dojo.room.codes import Codes
from dojo.room.listening import Listener
from dojo.room.live import LiveRooms
from dojo.room.store import Store
from dojo.room.writing import Kept
from dojo.screens.text import count


@dataclass(frozen=True)
class OpenWish:
    """What a person asked `kata room open` for; the fields are its options."""

    katas: str
    title: str
    host: str
    port: int
    address: str | None
    tls_cert: Path | None
    tls_key: Path | None
    days: float
    new_links: bool
    folder: Path
    database: str | None
    room: str


def open_room(wish: OpenWish) -> None:
    """Serve a room until Ctrl-C.

    Raises:
        UsageError: that can't be.
    """
    if (wish.tls_cert is None) != (wish.tls_key is None):
        raise UsageError("A certificate needs its key: give both --tls-cert and --tls-key.")
    catalog = load_catalog()
    place = serve.Place(wish.host, wish.port, wish.tls_cert, wish.tls_key)
    store = opening.open_store(wish.folder, wish.database, make=True)
    alone = wish.folder if wish.database is None else None
    with opening.alone_in(alone), serve.until_told():
        if alone is not None:
            with store.writing() as writing:
                writing.withdraw_codes()  # of a server that was killed
        _serve(wish, store, catalog, place)


def _serve(wish: OpenWish, store: Store, catalog: Catalog, place: serve.Place) -> None:
    opening.drop_expired(store, time.time())
    wanted = opening.Opening(
        wish.katas, wish.title, wish.days, wish.room, go_on=wish.database is None or not wish.katas
    )
    kept, goes_on = opening.room_to_open(store, catalog, wanted)
    sock = serve.bound(place)
    address = wish.address or _address(place, sock.getsockname()[1])
    rooms = LiveRooms(store, opening.contents(catalog))
    codes = Codes(rooms, address.rstrip("/"), lambda room, code: _say_code(address, code))
    app = create_app(Door(rooms, codes))
    links = opening.make_links(store, kept.id, wish.new_links)
    rooms.live(kept.id)
    ticks = serve.Ticks(rooms.refresh, lambda: _tidy(store, codes))
    try:
        serve.listen(sock, place)
        _say_room(kept, goes_on, wish, address, links)
        codes.make(kept.id)
        _say_end(wish)
        with Listener(store, rooms.catch_up):
            serve.run(app, rooms, sock, place, ticks)
    finally:
        codes.withdraw()
        rooms.close()


def close(folder: Path, database: str | None, room: str) -> str:
    """End a room; returns what to say."""
    store = opening.open_store(folder, database, make=False)
    kept = opening.one_room(store, room)
    if store.is_closed(kept.id):
        return f"The room '{kept.title}' is closed already."
    opening.close_room(store, kept)
    return f"The room '{kept.title}' is closed. `kata room export` writes what was reported."


def export(out: Path, folder: Path, database: str | None, room: str) -> list[str]:
    """Write what was reported; returns what to say."""
    catalog = load_catalog()
    store = opening.open_store(folder, database, make=False)
    kept = opening.one_room(store, room)
    katas = [k for k in catalog.katas if k.slug in kept.katas]
    paths = reported.write(out, opening.fold_of(store, kept, catalog), katas)
    return [f"wrote {path}" for path in paths]


def forget(learner: int | None, folder: Path, database: str | None, room: str) -> str:
    """Delete a learner, or a room; returns what to say."""
    store = opening.open_store(folder, database, make=False)
    kept = opening.one_room(store, room)
    if learner is None:
        opening.forget_room(store, kept)
        return f"The room '{kept.title}' and all that was sent to it are deleted."
    opening.forget(store, kept, learner)
    return f"All of learner {learner} is deleted from the room '{kept.title}'."


def _tidy(store: Store, codes: Codes) -> None:
    opening.drop_expired(store, time.time())
    codes.renew()


def _address(place: serve.Place, port: int) -> str:
    scheme = "http" if place.cert is None else "https"
    everywhere = place.host in ("0.0.0.0", "::", "")
    host = (serve.network_address() or "127.0.0.1") if everywhere else place.host
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}"


def _say_room(
    kept: Kept, goes_on: bool, wish: OpenWish, address: str, links: dict[str, str]
) -> None:
    until = time.strftime("%d %B %Y", time.localtime(kept.expires_at))
    what = "goes on" if goes_on else "is open"
    click.echo(f"The room '{kept.title}' {what}: {count(len(kept.katas), 'kata')}.")
    click.echo(f"It is deleted after {until}, with all that was sent to it.")
    if wish.database is not None:
        click.echo(f"Its id: {kept.id}")
    click.echo("")
    for role, words in (("board", "yours alone"), ("projector", "for all to see")):
        click.echo(f"  {role.capitalize():10}{address}/{role}/enter#{links[role]}   ({words})")


def _say_code(address: str, code: str) -> None:
    click.echo(f"  {'Learners':10}kata join {address} {code}\n")
    if sys.stdout.isatty():
        import segno

        segno.make(f"{address}/#{code}", micro=False).terminal(compact=True)
    sys.stdout.flush()


def _say_end(wish: OpenWish) -> None:
    if wish.host in ("127.0.0.1", "localhost", "::1") and wish.address is None:
        click.echo("Only this machine reaches it; `--host 0.0.0.0` lets your network in.")
    click.echo("Ctrl-C ends the server and loses nothing; the same command goes on.")
    sys.stdout.flush()
