"""A warm judge in another process, which is asked for one job after the other.

Whatever ends that process ends nobody else. It is forked from one that has loaded torch, or, where
`multiprocessing` may start nothing (in a worker of a cluster), a program of its own.
"""

import contextlib
import os
import pickle
import struct
import subprocess
import threading
import weakref
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar, cast

from dojo.course.catalog import Catalog
from dojo.errors import UsageError
from dojo.machine import scratch
from dojo.machine.surroundings import bare, python
from dojo.warm import worker
from dojo.warm.worker import ALONE, Broken, How, Warm

if TYPE_CHECKING:
    from dojo.judge.judge import Judge

T = TypeVar("T")
PATIENCE = 20 * 60.0  # seconds; a judgement has limits of its own, and ends long before
_LENGTH = struct.Struct("!Q")


class EndedError(Exception):
    """The process is gone, or had to be ended; the text is what it was doing, in a few words."""


class Asked(ABC):
    """A warm judge in another process, which is asked by one thread at a time."""

    @property
    @abstractmethod
    def number(self) -> int:
        """Of the process."""

    def become_warm(self) -> None:
        """Wait until it can judge.

        Raises:
            EndedError: it ended meanwhile.
            UsageError: it can't judge here.
        """
        with self._answering():
            said = self._receive()
        if isinstance(said, Broken):
            raise UsageError(said.reason)

    def ask(self, job: "Callable[[Judge], T]") -> T:
        """Let it do a job, once it is warm.

        Raises:
            EndedError: it ended meanwhile, or took longer than any job may.
            UsageError: it can't judge any more.
            RuntimeError: what the job raised there, in words.
        """
        with self._answering():
            self._send(job)
            answer = self._receive()
        if isinstance(answer, Exception):
            raise answer
        return cast("T", answer)

    @abstractmethod
    def close(self) -> None:
        """End the process, in good order if it can; another thread's job ends with it."""

    @abstractmethod
    def _kill(self) -> None: ...

    @abstractmethod
    def _send(self, thing: object) -> None: ...

    @abstractmethod
    def _receive(self) -> Any: ...

    @contextlib.contextmanager
    def _answering(self) -> Iterator[None]:
        # Nothing but the end of the process ends a read of a pipe on every system.
        alarm = threading.Timer(PATIENCE, self._kill)
        alarm.daemon = True
        alarm.start()
        try:
            yield
        except (OSError, EOFError, ValueError, pickle.UnpicklingError) as error:
            self.close()
            raise EndedError("the process that judges ended") from error
        finally:
            alarm.cancel()


class Forked(Asked):
    """One that is forked off this process's fork server, where there can be one.

    So several of them hold together in memory what they have imported.

    Args:
        catalog: the katas.
        how: it starts.
    """

    def __init__(self, catalog: Catalog, how: How = ALONE) -> None:
        forked = replace(how, forked=True)
        self._process, self._line = worker.start(_over_a_line, catalog, forked)
        # At this process's end, too: else `multiprocessing` would wait for what waits for us.
        self._end = weakref.finalize(self, _end, self._process, self._line)

    @property
    def number(self) -> int:
        """Of the process."""
        assert self._process.pid is not None
        return self._process.pid

    def close(self) -> None:
        """End the process, in good order if it can; another thread's job ends with it."""
        self._end()

    def _kill(self) -> None:
        self._process.kill()

    def _send(self, thing: object) -> None:
        self._line.send(thing)

    def _receive(self) -> Any:
        return self._line.recv()


def _end(process: BaseProcess, line: Connection) -> None:
    with contextlib.suppress(OSError, ValueError):
        process.terminate()
        process.join(10)
        process.kill()
        process.join(10)
    with contextlib.suppress(OSError):
        line.close()


class Apart(Asked):
    """One that is a program of its own, asked over its standard input and output.

    Args:
        root: of the katas.
    """

    def __init__(self, root: Path) -> None:
        debug = "KATA_DEBUG" in os.environ
        self._process = subprocess.Popen(
            python("from dojo.warm.apart import main; main(sys.argv[1])", str(root)),
            cwd=os.sep,
            env={**bare(), "TMPDIR": str(scratch.folder())},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if debug else subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the process that shows things
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._in: IO[bytes] = self._process.stdin
        self._out: IO[bytes] = self._process.stdout

    @property
    def number(self) -> int:
        """Of the process."""
        return self._process.pid

    def close(self) -> None:
        """End the process, in good order if it can; another thread's job ends with it."""
        with contextlib.suppress(OSError, ValueError):
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(10)
        for stream in (self._in, self._out):
            with contextlib.suppress(OSError, ValueError):
                stream.close()

    def _kill(self) -> None:
        self._process.kill()

    def _send(self, thing: object) -> None:
        _send(self._in, thing)

    def _receive(self) -> Any:
        return _receive(self._out)


def _over_a_line(connection: Connection, judge: "Judge") -> None:
    _do_all(judge, connection.recv, connection.send)


def main(root: str) -> None:
    """Where the process begins: becomes warm, and does what comes until nothing more comes."""
    coming, going = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # Whatever is printed here must not get between the answers.
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)

    def answer(judge: "Judge") -> None:
        _do_all(judge, lambda: _receive(coming), lambda thing: _send(going, thing))

    with contextlib.suppress(OSError, KeyboardInterrupt):  # nobody listens any more
        try:
            worker.work(Path(root), answer)
        except Exception as error:
            _send(going, Broken(worker.why(error)))


def _do_all(
    judge: "Judge", receive: "Callable[[], Callable[[Judge], object]]", send: Callable[[Any], None]
) -> None:
    """Say that the judge is warm, then do what comes until nothing more comes."""
    send(Warm())
    while True:
        try:
            job = receive()
        except EOFError:
            return
        try:
            result: object = job(judge)
        except UsageError as error:
            result = error
        except Exception as error:  # of any type, of which some can't be sent
            result = RuntimeError(f"{type(error).__name__}: {error}")
        send(result)


def _send(stream: IO[bytes], thing: object) -> None:
    body = pickle.dumps(thing)
    stream.write(_LENGTH.pack(len(body)) + body)
    stream.flush()


def _receive(stream: IO[bytes]) -> Any:
    return pickle.loads(_read(stream, _LENGTH.unpack(_read(stream, _LENGTH.size))[0]))


def _read(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data
