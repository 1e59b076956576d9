"""How long an answer may run, and how much it may send.

Limits are kept in processor time where the system tells it, so that a busy machine makes nobody
wrong, with a generous wall clock behind. What counts is the processor time of the learner process,
the time in which it sleeps or waits for nothing, and the judge's own work on what it sent. What
doesn't count is waiting for a processor, and waiting for the judge.
"""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from dojo.wire.values import WireError

Scope = Literal["call", "check", "judgement"]
Over = Literal["used up", "starved"]

LOAD = 5.0  # seconds at least for running a file, which may import much
CHECK = 2.0  # a check may use so many times what one call may
JUDGEMENT = 4.0
WALL = 8.0  # so many times its allowance may pass on the wall, and
PATIENCE = 20.0  # these seconds more
LOOK = 0.1  # seconds between two looks at a call that lasts
BYTES = 256 * 2**20
HEADER_COST = 24  # an empty list takes three bytes in a header and some seventy when it is read
_LINUX = sys.platform.startswith("linux")


@dataclass
class Meter:
    """What one check, or one whole judgement, may use and has used, in seconds."""

    scope: Scope
    limit: float
    used: float = 0.0

    @property
    def left(self) -> float:
        """What may still be used, in seconds; negative once it was too much."""
        return self.limit - self.used


def meters_of(call: float) -> tuple[Meter, Meter]:
    """For a check and a whole judgement, where one call may use so many seconds."""
    call = max(call, LOAD / CHECK)
    return Meter("check", CHECK * call), Meter("judgement", JUDGEMENT * call)


class Watch:
    """Follows one call of a learner process until it ends or has used what it may.

    Args:
        pid: of the process.
        seconds: what the call itself may use.
        meters: of the check and the judgement that it belongs to; added to when it ends.
        warn: called when the allowance is used up, as long before ``end`` as ``grace`` says.
        end: ends the process.
        grace: seconds.

    Attributes:
        over: why the process was ended, or None.
        scope: whose allowance is the smallest.
        seconds: that allowance.
    """

    def __init__(
        self,
        pid: int | None,
        seconds: float,
        meters: Sequence[Meter],
        warn: Callable[[], None],
        end: Callable[[], None],
        grace: float,
    ) -> None:
        self._pid = pid
        self._meters = meters
        self._warn, self._end, self._grace = warn, end, grace
        self.scope: Scope = "call"
        self.seconds = seconds
        for meter in meters:
            if meter.left < self.seconds:
                self.scope, self.seconds = meter.scope, meter.left
        self.over: Over | None = None
        self._ending = False
        self._began = self._looked = time.monotonic()
        self._start = self._seen = _processor_time(pid)
        self._ours = time.thread_time()
        self._theirs_to_wait = False  # the process waits for the judge
        self._waited = 0.0

    def pause(self) -> None:
        """The judge answers a question of the process, which can't go on meanwhile."""
        self._theirs_to_wait = True

    def resume(self) -> None:
        """The process has its answer."""
        self._looked = time.monotonic()
        self._theirs_to_wait = False

    def look(self) -> float | None:
        """See what was used; returns seconds until the next look, None when nothing is left to do.

        Called from the thread that keeps time.
        """
        if self._ending:
            self._end()
            return None
        now, cpu = time.monotonic(), _processor_time(self._pid)
        if not self._theirs_to_wait and _asleep(self._pid):
            worked = 0.0 if cpu is None or self._seen is None else cpu - self._seen
            self._waited += max(0.0, now - self._looked - worked)
        self._looked, self._seen = now, cpu
        used = self._used(cpu)
        if used >= self.seconds:
            self.over = "used up"
        elif now - self._began > WALL * self.seconds + PATIENCE:
            self.over = "starved"
        if self.over is None:
            return max(LOOK / 10, min(LOOK, self.seconds - used))
        self._ending = True
        self._warn()
        return self._grace

    def close(self) -> None:
        """The call has ended: add what it used to the meters."""
        used = self._used(_processor_time(self._pid)) + time.thread_time() - self._ours
        for meter in self._meters:
            meter.used += used

    def _used(self, cpu: float | None) -> float:
        if cpu is None or self._start is None:
            # Not told (or the process is gone): what passed on the wall, waiting for us left out.
            return self._waited if _LINUX else time.monotonic() - self._began
        return cpu - self._start + self._waited


def _processor_time(pid: int | None) -> float | None:
    """Seconds of processor time that a process has used; None where it isn't told."""
    if pid is None or not _LINUX:
        return None
    try:
        return time.clock_gettime((~pid << 3) | 2)  # clock_getcpuclockid(3)
    except OSError:
        return None


def _asleep(pid: int | None) -> bool:
    """Whether a process waits for something else than a processor or a disk."""
    if pid is None or not _LINUX:
        return False
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            return file.read().rpartition(")")[2].split()[:1] in (["S"], ["T"], ["t"])
    except OSError:
        return False


class TooMuch(WireError):
    """An answer sent more than is looked at."""


@dataclass
class Budget:
    """Bytes of the judge's memory that one judgement may fill with what the answer sends.

    A frame is kept for diagnosis, a header costs many times its length once it is read, and
    numbers are widened to float64: each is taken from the budget before it is made.
    """

    left: int = BYTES

    def take_frame(self, length: int, header: int) -> None:
        """A frame has arrived.

        Raises:
            TooMuch: nothing is left for it.
        """
        self.take(length + HEADER_COST * header)

    def take(self, count: int) -> None:
        """So many bytes will be needed.

        Raises:
            TooMuch: they are not there.
        """
        self.left -= count
        if self.left < 0:
            raise TooMuch("the answer sends more than is looked at")
