"""Hears from other servers on the same PostgreSQL that a log has grown; the log itself is read.

Nothing is lost where a word is: every other second the numbers are looked at anyway.
"""

import contextlib
import threading
from collections.abc import Callable
from typing import Any

from dojo.room.store import Store
from dojo.room.writing import CHANNEL

_AGAIN = 2.0  # seconds until a lost connection is tried again


class Listener:
    """A thread that listens; with SQLite there is nobody to listen to.

    Args:
        store: on which database.
        heard: told the room whose log has grown.
    """

    def __init__(self, store: Store, heard: Callable[[str], None]) -> None:
        self._store, self._heard = store, heard
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="kata-room-listener", daemon=True)

    def __enter__(self) -> "Listener":
        if not self._store.is_sqlite:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join(5)

    def _run(self) -> None:
        while not self._ended.is_set():
            with contextlib.suppress(Exception):  # it is away: the ticks look meanwhile
                self._listen()
            self._ended.wait(_AGAIN)

    def _listen(self) -> None:
        import psycopg

        url = self._store.engine.url.set(drivername="postgresql")
        text = url.render_as_string(hide_password=False)
        with psycopg.connect(text, autocommit=True) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            while not self._ended.is_set():
                for word in _words(connection):
                    self._heard(word.payload.partition(" ")[0])


def _words(connection: Any) -> Any:
    """What was said within half a second, and then what else there is."""
    return connection.notifies(timeout=0.5, stop_after=1)
