"""A warm judge in a process of its own, for screens that must never wait: requests go there, and
what it finds comes back as events.

A newer request overtakes the one that is under way. Imports nothing slow: torch and pytest live
in the other process only.
"""

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from dojo.course.catalog import Catalog
from dojo.errors import UsageError
from dojo.judge.judge import Judge
from dojo.request import Request
from dojo.verdict import CheckResult, Verdict
from dojo.wall.forkserver import clean_start
from dojo.warm import worker
from dojo.warm.worker import Broken, How, Warm

MOST_DEATHS = 3  # in a row, without a verdict between them
_CANCEL: int | None = getattr(signal, "SIGUSR1", None)  # Windows has none: there one waits


@dataclass(frozen=True)
class Ended:
    """One check of a request has ended."""

    number: int
    result: CheckResult


@dataclass(frozen=True)
class Judged:
    """The verdict on a request."""

    number: int
    verdict: Verdict


@dataclass(frozen=True)
class _Overtaken:
    """A request was given up for a newer one."""

    number: int


Event = Warm | Ended | Judged | Broken


def prepare() -> None:
    """Start what needs the real stderr, before a full-screen program puts its own in place."""
    if os.name != "nt":
        from multiprocessing import resource_tracker

        with clean_start():
            resource_tracker.ensure_running()


class NewestWins:
    """Judges in another process; one request at a time, the newest wins.

    Args:
        catalog: the katas.
        tell: called with each event, from a thread of its own. Events of a request that was
            overtaken don't come any more.
    """

    def __init__(self, catalog: Catalog, tell: Callable[[Event], None]) -> None:
        self._catalog = catalog
        self._tell = tell
        self._lock = threading.Lock()
        self._number = 0
        self._wanted: tuple[int, Request] | None = None
        self._under_way: int | None = None
        self._closed = False
        self._warm = False
        self._broken = ""
        self._deaths = 0
        self._optimizers = False
        self._process: BaseProcess
        self._connection: Connection
        self._start()

    def request(self, request: Request) -> int:
        """Judge this next, instead of what is under way; returns the request's number."""
        with self._lock:
            self._number += 1
            self._wanted = (self._number, request)
            if self._broken:
                self._broken, self._deaths = "", 0
                self._start()
            elif request.may_optimize and not self._optimizers:
                # The first optimizer in a process takes 0.7 s unless it is made ready before.
                self._optimizers = True
                self._deaths -= 1  # this one is our doing
                self._process.kill()  # the listener starts another, and asks it
            elif self._under_way is not None:
                self._cancel()
            elif self._warm:
                self._send()
            return self._number

    def close(self) -> None:
        """End the other process and wait until it is gone."""
        with self._lock:
            self._closed = True
            with contextlib.suppress(OSError, ValueError):
                self._process.terminate()
        self._process.join(5)
        with contextlib.suppress(OSError, ValueError):
            self._process.kill()
            self._process.join(5)
        self._thread.join(5)

    @property
    def pid(self) -> int | None:
        """Of the process that judges."""
        return self._process.pid

    def _start(self) -> None:
        self._process, self._connection = worker.start(
            _answer_all, self._catalog, How(self._optimizers)
        )
        self._warm, self._under_way = False, None
        self._thread = threading.Thread(target=self._listen, args=(self._connection,), daemon=True)
        self._thread.start()

    def _send(self) -> None:
        # Never before it is warm: it could neither read a long request nor be told to give it up.
        if self._wanted is None:
            return
        self._under_way = self._wanted[0]
        with contextlib.suppress(OSError):  # it died: the listener starts another
            self._connection.send(self._wanted)

    def _cancel(self) -> None:
        if _CANCEL is not None and self._process.pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process.pid, _CANCEL)

    def _listen(self, connection: Connection) -> None:
        with contextlib.suppress(EOFError, OSError), connection:
            while True:
                self._note(connection.recv())
        self._died()

    def _note(self, event: Any) -> None:
        with self._lock:
            newest = self._wanted[0] if self._wanted is not None else None
            if isinstance(event, Warm):
                self._warm = True
                self._send()
            if isinstance(event, Broken):
                self._broken = event.reason
            if isinstance(event, (Judged, _Overtaken)):
                self._under_way = None
                if isinstance(event, Judged) and event.number == newest:
                    self._wanted = None
                    self._deaths = 0
                else:
                    self._send()
            current = isinstance(event, (Warm, Broken)) or (
                isinstance(event, (Ended, Judged)) and event.number == newest
            )
        if current and not self._closed:
            self._tell(event)

    def _died(self) -> None:
        """The process is gone: unless that was meant, start another, and put the question again."""
        with self._lock:
            if self._closed or self._broken:
                return
            self._deaths += 1
            self._process.join(1)
            if self._deaths <= MOST_DEATHS:
                self._start()
                return
            self._broken = _why(self._process.exitcode)
        self._tell(Broken(self._broken))


def _why(code: int | None) -> str:
    """What is known of a process that ended again and again, and what to do."""
    if code == -getattr(signal, "SIGKILL", 9):
        why = (
            "The system ended it, as it does when memory is full. Close other programs, "
            "then save the file again."
        )
    elif code is not None and code < 0:
        why = f"It was ended by signal {-code}. Save the file to try again."
    else:
        why = f"It ended with code {code}. `kata doctor` may show why; save the file to try again."
    return f"The process that judges ended {MOST_DEATHS + 1} times in a row. {why}"


class _Interrupt(KeyboardInterrupt):
    """A newer request is there; the judge cleans up on its way out."""


class _Interruptible:
    """Lets the cancelling signal in only where nothing is half sent."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._open = False
        self._missed = False
        if _CANCEL is not None:
            signal.signal(_CANCEL, self._arrived)

    def send(self, event: object) -> None:
        was_open, self._open = self._open, False
        self._connection.send(event)
        self._open = was_open
        if was_open and self._missed:
            raise _Interrupt

    def run(self, work: Callable[[], Verdict]) -> Verdict | None:
        """The result of the work, or None when a newer request interrupted it."""
        self._missed = False
        try:
            self._open = True
            return work()
        except KeyboardInterrupt:  # pytest makes a plain one of ours while it collects
            return None
        finally:
            self._open = False

    def _arrived(self, *_: object) -> None:
        self._missed = True
        if self._open:
            self._open = False
            raise _Interrupt


def _answer_all(connection: Connection, judge: Judge) -> None:
    """In the other process: judge what is asked for until nobody asks any more."""
    pipe = _Interruptible(connection)
    pipe.send(Warm())
    while True:
        number, request = connection.recv()
        verdict = pipe.run(partial(_judge, judge, request, number, pipe))
        pipe.send(_Overtaken(number) if verdict is None else Judged(number, verdict))


def _judge(judge: Judge, request: Request, number: int, pipe: _Interruptible) -> Verdict:
    started = time.perf_counter()
    try:
        return judge.check(request, on_check=lambda result: pipe.send(Ended(number, result)))
    except Exception as error:  # a fault of ours must show on the screen, not end the process
        return Verdict(
            kata=request.kata.id,
            status="not judged",
            digest="",
            seed=request.seed or 0,
            isolation="",
            checks=(),
            reason=str(error)
            if isinstance(error, UsageError)
            else f"Something in kata itself went wrong ({type(error).__name__}: {error}).",
            seconds=time.perf_counter() - started,
        )
