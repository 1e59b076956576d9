"""A warm judge in a process of its own, asked over its standard input and output.

Started as any program is, so it works where `multiprocessing` may start nothing (in a worker of a
cluster), and whatever ends it ends nobody else. What it is sent are jobs, as lanes have them: an
answer comes for each, in order, as pickled objects with their length.
"""

import contextlib
import os
import pickle
import struct
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar, cast

from dojo.errors import UsageError
from dojo.machine import scratch
from dojo.machine.surroundings import bare, python
from dojo.warm.worker import Broken, Warm

if TYPE_CHECKING:
    from dojo.judge.judge import Judge

T = TypeVar("T")
PATIENCE = 20 * 60.0  # seconds; a judgement has limits of its own, and ends long before
_LENGTH = struct.Struct("!Q")


class EndedError(Exception):
    """The process is gone, or had to be ended; the text is what it was doing, in a few words."""


class Apart:
    """A judge in another process, which is asked by one thread at a time.

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

    def become_warm(self) -> None:
        """Wait until it can judge.

        Raises:
            EndedError: it ended meanwhile.
            UsageError: it can't judge here.
        """
        with self._answering():
            said = _receive(self._out)
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
            _send(self._in, job)
            answer = _receive(self._out)
        if isinstance(answer, Exception):
            raise answer
        return cast("T", answer)

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

    @contextlib.contextmanager
    def _answering(self) -> Iterator[None]:
        # Nothing but the end of the process ends a read of a pipe on every system.
        alarm = threading.Timer(PATIENCE, self._process.kill)
        alarm.daemon = True
        alarm.start()
        try:
            yield
        except (OSError, EOFError, ValueError, pickle.UnpicklingError) as error:
            self.close()
            raise EndedError("the process that judges ended") from error
        finally:
            alarm.cancel()


def main(root: str) -> None:
    """Where the process begins: becomes warm, and does what comes until nothing more comes."""
    coming, going = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # Whatever is printed here must not get between the answers.
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    from dojo.warm import worker

    def answer(judge: "Judge") -> None:
        _send(going, Warm())
        while True:
            try:
                job: Callable[[Judge], object] = _receive(coming)
            except EOFError:
                return
            try:
                result: object = job(judge)
            except UsageError as error:
                result = error
            except Exception as error:  # of any type, of which some can't be sent
                result = RuntimeError(f"{type(error).__name__}: {error}")
            _send(going, result)

    with contextlib.suppress(OSError, KeyboardInterrupt):  # nobody listens any more
        try:
            worker.work(Path(root), answer)
        except Exception as error:
            _send(going, Broken(worker.why(error)))


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
