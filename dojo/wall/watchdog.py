"""Time limits without a thread for each: one thread keeps all deadlines of this process."""

import contextlib
import itertools
import threading
import time
from collections.abc import Callable, Iterator


class Watchdog:
    """Calls functions while something lasts; its thread begins with the first limit."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._deadlines: dict[int, tuple[float, Callable[[], float | None]]] = {}
        self._live: set[int] = set()  # blocks that were not left yet
        self._numbers = itertools.count()
        self._wakes = float("inf")  # when the thread will look next
        self._thread: threading.Thread | None = None

    @contextlib.contextmanager
    def limit(self, seconds: float, act: Callable[[], None]) -> Iterator[threading.Event]:
        """Call ``act`` when the block isn't left in time; the event tells whether that happened.

        Args:
            seconds: how long the block may take, on the wall.
            act: must be quick, and raises nothing.
        """
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            act()

        with self.looking(seconds, expire):
            yield expired

    @contextlib.contextmanager
    def looking(self, first: float, look: Callable[[], float | None]) -> Iterator[None]:
        """Call ``look`` again and again while the block lasts.

        Args:
            first: seconds until the first call.
            look: returns the seconds until the next, or None for no more; quick, raises nothing.
        """
        number = self._add(time.monotonic() + first, look)
        try:
            yield
        finally:
            with self._changed:
                self._live.discard(number)
                self._deadlines.pop(number, None)

    def _add(self, deadline: float, look: Callable[[], float | None]) -> int:
        with self._changed:
            number = next(self._numbers)
            self._live.add(number)
            self._deadlines[number] = deadline, look
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="kata-limits", daemon=True)
                self._thread.start()
            elif deadline < self._wakes:
                self._changed.notify()
            return number

    def _run(self) -> None:
        while True:
            with self._changed:
                now = time.monotonic()
                over = [n for n, (deadline, _) in self._deadlines.items() if deadline <= now]
                looks = [(n, self._deadlines.pop(n)[1]) for n in over]
                if not looks:
                    # A limit that is taken back wakes nobody; the thread looks once in vain.
                    first = min((d for d, _ in self._deadlines.values()), default=now + 60.0)
                    self._wakes = first
                    self._changed.wait(first - now)
            for number, look in looks:
                delay = look()
                with self._changed:
                    if delay is not None and number in self._live:
                        self._deadlines[number] = time.monotonic() + delay, look
