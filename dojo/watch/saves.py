"""Noticing saves of one file, by the system's events or, where they don't arrive, by looking."""

import contextlib
import os
import threading
from collections.abc import Callable
from pathlib import Path

STEP = 10  # milliseconds without a further event after which a save is taken for complete
LOOK = 400  # milliseconds between looks for what no event told of
POLL = 0.1  # seconds between looks where events don't arrive

Stamp = tuple[int, int, int] | None


def stamp(path: Path) -> Stamp:
    """What changes when a file is saved; None while there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


class FileWatch:
    """Tells of every save of a file until it is closed, from a thread of its own.

    The folder is watched and not the file: editors save by renaming, and files are deleted and
    made anew. Where a change was seen that no event told of (network folders, some containers),
    it goes on by looking ten times a second, and says so.

    Args:
        path: the file; need not exist.
        saved: called after each change, deletion too.
        polling: called once, when events turn out not to arrive.
        events: False to look only, as if events never arrived.
    """

    def __init__(
        self,
        path: Path,
        saved: Callable[[], None],
        polling: Callable[[], None],
        events: bool = True,
    ) -> None:
        self._path = path
        self._saved = saved
        self._polling = polling
        self._stamp = stamp(path)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(events,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop watching."""
        self._stop.set()
        self._thread.join(5)

    def _run(self, events: bool) -> None:
        if events:
            # The folder may vanish, or the system may be out of watches.
            with contextlib.suppress(OSError, RuntimeError, ImportError):
                self._by_events()
        if not self._stop.is_set():
            self._polling()
            while not self._stop.wait(POLL):
                self._look()

    def _by_events(self) -> None:
        """Until events turn out not to arrive."""
        from watchfiles import watch

        changes = watch(
            self._path.parent,
            watch_filter=lambda _, name: os.path.basename(name) == self._path.name,
            debounce=50,
            step=STEP,
            stop_event=self._stop,
            rust_timeout=LOOK,
            yield_on_timeout=True,
            recursive=False,
            raise_interrupt=False,
        )
        missed = 0
        for events in changes:
            if self._look() and not events:
                missed += 1  # once may be bad luck: the save and the look at the same moment
            if missed > 1:
                return

    def _look(self) -> bool:
        """Tell of a change since the last look; whether there was one."""
        now = stamp(self._path)
        if now == self._stamp:
            return False
        self._stamp = now
        self._saved()
        return True
