"""Time limits without a thread for each: one thread keeps all deadlines of this process."""

import contextlib
import itertools
import threading
import time
from collections.abc import Callable, Iterator


class Watchdog:
    """Calls a function when something lasts too long; its thread begins with the first limit."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._deadlines: dict[int, tuple[float, Callable[[], None]]] = {}
        self._numbers = itertools.count()
        self._wakes = float("inf")  # when the thread will look next
        self._thread: threading.Thread | None = None

    @contextlib.contextmanager
    def limit(
        self,
        seconds: float,
        act: Callable[[], None],
        warn: Callable[[], None] | None = None,
        ahead: float = 0.0,
    ) -> Iterator[threading.Event]:
        """Call ``act`` when the block isn't left in time; the event tells whether that happened.

        Args:
            seconds: how long the block may take.
            act: must be quick, and raises nothing.
            warn: called before; as quick.
            ahead: how many seconds before.
        """
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            act()

        end = time.monotonic() + seconds
        numbers = [self._add(end, expire)]
        if warn is not None:
            numbers.append(self._add(end - ahead, warn))
        try:
            yield expired
        finally:
            with self._changed:
                for number in numbers:
                    self._deadlines.pop(number, None)

    def _add(self, deadline: float, act: Callable[[], None]) -> int:
        with self._changed:
            number = next(self._numbers)
            self._deadlines[number] = deadline, act
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
                acts = [self._deadlines.pop(n)[1] for n in over]
                if not acts:
                    # A limit that is taken back wakes nobody; the thread looks once in vain.
                    first = min((d for d, _ in self._deadlines.values()), default=now + 60.0)
                    self._wakes = first
                    self._changed.wait(first - now)
            for act in acts:
                act()
