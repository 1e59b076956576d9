"""What `kata watch` tells its room: kept at once, sent by a thread, and heard of now and then."""

import contextlib
import queue
import random
import threading
from collections.abc import Callable
from dataclasses import replace

from dojo.course.catalog import Catalog, Kata
from dojo.desk.subject import Subject
from dojo.joined import events, saying
from dojo.joined.events import Unnumbered
from dojo.joined.seat import BUDGET, Seat, Told
from dojo.verdict import Verdict

PATIENCE = 5.0  # seconds for one answer: nobody waits for it
EVERY = 20.0  # seconds between two looks at what the room says, more or less


class Background:
    """A seat that is told things from a screen's thread, which never waits for the room.

    Args:
        seat: the seat.
        catalog: for what is read.
        every: seconds between two looks.
    """

    def __init__(self, seat: Seat, catalog: Catalog, every: float = EVERY) -> None:
        self._seat = seat
        self._catalog = catalog
        self._every = every
        self._changed: Callable[[], None] = lambda: None
        self._told: Told | None = None
        self._wake: queue.SimpleQueue[bool] = queue.SimpleQueue()  # False ends it
        self._thread = threading.Thread(target=self._run, name="kata-watch-room", daemon=True)

    def listen(self, changed: Callable[[], None]) -> None:
        """Begin; ``changed`` is called, from another thread, when there is something to read."""
        self._changed = changed
        self._thread.start()

    def begun(self, kata: Kata) -> None:
        """A kata is on the screen; told once for each."""
        if self._seat.begins(kata):
            self._tell(events.begun(kata))

    def checked(self, subject: Subject, verdict: Verdict) -> None:
        """A save was judged."""
        self._tell(events.checked(subject, verdict))

    def hinted(self, kata: Kata, level: int) -> None:
        """So many hints were shown."""
        self._tell(events.hinted(kata, level))

    def withholds(self, kata: Kata) -> str:
        """Why the room wants a solution not to be shown yet, in a sentence; empty if it may be."""
        return saying.withheld(self._seat, kata)

    def said(self, kata: Kata) -> saying.Said:
        """What to read now: the line to all stays as long as the room says it."""
        if self._told is None:
            return saying.Said()
        found = saying.of(self._seat, self._told, self._catalog, kata.slug)
        state = self._told.news.state
        return replace(found, loud=state["line"] if state is not None else "")

    def close(self) -> None:
        """End it; what waits is sent now if that is quick, else another time."""
        self._wake.put(False)
        if self._thread.ident is not None:
            self._thread.join(BUDGET)

    def _tell(self, event: Unnumbered) -> None:
        self._seat.keep(event)
        self._wake.put(True)

    def _run(self) -> None:
        going = True
        while True:
            with contextlib.suppress(Exception):  # whatever it is, it must not end the watch
                if self._told is None or self._is_due(going):
                    self._told = self._seat.send(PATIENCE)
                    self._changed()
            if not going:
                return
            going = self._awaited()

    def _is_due(self, going: bool) -> bool:
        return not self._seat.silent and (going or self._seat.waits)

    def _awaited(self) -> bool:
        """Wait for something to tell or the time to look; False at the end."""
        try:
            going = self._wake.get(timeout=self._every * random.uniform(0.8, 1.2))
            while going:
                going = self._wake.get_nowait()
        except queue.Empty:
            return True
        return False
