"""Learner processes: started ahead, asked over a pipe, killed at their limit.

The only place of the judge that starts or ends a process. What comes back over the pipe is
hostile; whatever goes wrong becomes one Gone with the reason.
"""

import contextlib
import itertools
import os
import re
import tempfile
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Literal

from dojo.frames import MAX_FRAME, parse
from dojo.judge.folders import remove
from dojo.judge.warm import best_method, clean_start, start_fork_server
from dojo.judge.watchdog import Watchdog
from dojo.learner.entry import LOST_PIPE, WHERE, Settings, serve
from dojo.values import WireError
from dojo.wire import Encoder

GRACE = 0.5  # seconds between the learner process's own note of a hang and its end
STARTUP = 60.0  # seconds until a learner process must have said hello (spawn imports torch first)
MEMORY = 3 * 2**30
FILE_SIZE = 64 * 2**20
CPU_SECONDS = 120
AHEAD = 2
MOST_SERVED = 50  # judgements by one process of ours
MAX_CALLBACKS = 200_000
_FRAME_LINE = re.compile(rb'File "([^"\n]*)", line (\d+)')

OnCallback = Callable[[dict[str, Any], list[memoryview]], tuple[Encoder, dict[str, Any]]]
Reason = Literal["hang", "exit", "signal", "frame", "start"]


class Gone(Exception):
    """The learner process can't answer any more.

    Attributes:
        reason: hang, exit (it ended itself), signal (it was killed), frame (it sent nonsense),
            start (it never began: our fault).
        code: exit code, or the signal's number.
        line: for a hang: the line of the subject that was still running, if known.
    """

    def __init__(self, reason: Reason, code: int | None = None, line: int | None = None) -> None:
        super().__init__(f"{reason} {code} {line}")
        self.reason: Reason = reason
        self.code = code
        self.line = line


@dataclass(frozen=True)
class Answer:
    """A reply of the learner process, parsed but not yet decoded."""

    body: dict[str, Any]
    buffers: list[memoryview]
    frame: bytes


class LearnerProcess:
    """One process of the far side.

    Args:
        process: started or about to be.
        connection: this side's end of its pipe.
        folder: its files: scratch/, output, hang.
    """

    def __init__(self, process: BaseProcess, connection: Any, folder: Path) -> None:
        self._process = process
        self._connection = connection
        self._folder = folder
        self._sequence = 0
        self._greeted = False
        self.used = False  # it served a check before
        self.served = 0  # judgements, where it runs our own variants
        self.isolation = ""  # known after its greeting

    def ask(
        self, body: dict[str, Any], encoder: Encoder, seconds: float, on_callback: OnCallback
    ) -> Answer:
        """Send a request and wait for its reply, answering callbacks meanwhile.

        Args:
            body: the request; ``seq`` and ``seconds`` are added here.
            encoder: the one that made the body's nodes.
            seconds: wall-clock limit of the call.
            on_callback: answers a callback frame.

        Raises:
            Gone: no reply came.
        """
        self.greet()
        self._sequence += 1
        body = {**body, "seq": self._sequence, "seconds": seconds}
        with _WATCHDOG.limit(seconds + GRACE, self.kill, self._ask_where, GRACE) as expired:
            try:
                self._connection.send_bytes(encoder.frame(body))
                return self._receive(on_callback)
            except (EOFError, OSError) as error:
                raise self._obituary(expired) from error
            except (WireError, KeyError, TypeError, ValueError, RecursionError) as error:
                self.kill()
                raise Gone("frame") from error

    def output(self, limit: int = 20_000) -> str:
        """What the process printed so far, its middle cut out beyond ``limit`` characters."""
        try:
            with (self._folder / "output").open("rb") as file:
                head = file.read(limit // 2)
                size = os.fstat(file.fileno()).st_size
                tail = b""
                if size > len(head):
                    file.seek(max(len(head), size - limit // 2))
                    tail = file.read(limit // 2)
        except OSError:
            return ""
        cut = size - len(head) - len(tail)
        note = f"\n... {cut} bytes left out ...\n".encode() if cut else b""
        return (head + note + tail).decode("utf-8", "replace")

    def kill(self) -> None:
        """End the process at once, whatever it does."""
        with contextlib.suppress(OSError, ValueError, AttributeError):
            self._process.kill()

    def _ask_where(self) -> None:
        """Let the process note which line it is in: it will be ended soon."""
        with contextlib.suppress(OSError, ValueError):
            if WHERE is not None and self._process.pid is not None:
                os.kill(self._process.pid, WHERE)

    def close(self) -> None:
        """End the process and remove its files."""
        self.kill()
        with contextlib.suppress(OSError):
            self._connection.close()
        with contextlib.suppress(OSError, ValueError, AssertionError):
            self._process.join(5)
            self._process.close()  # its descriptors go now, not with the next collection
        remove(self._folder)

    def greet(self) -> None:
        """Wait until the process is ready; importing torch takes seconds where it must.

        Raises:
            Gone: it never began.
        """
        if self._greeted:
            return
        with _WATCHDOG.limit(STARTUP, self.kill):
            try:
                hello, _ = parse(self._connection.recv_bytes(2**16))
                self.isolation = str(hello["isolation"])
            except (EOFError, OSError, WireError, KeyError, TypeError) as error:
                raise Gone("start", self._exit_code()) from error
        self._greeted = True

    def _receive(self, on_callback: OnCallback) -> Answer:
        for _ in range(MAX_CALLBACKS):
            frame = self._connection.recv_bytes(MAX_FRAME)
            body, buffers = parse(frame)
            if body["op"] == "callback":
                encoder, reply = on_callback(body, buffers)
                self._connection.send_bytes(encoder.frame(reply))
            elif body["op"] == "reply" and body["seq"] == self._sequence:
                _require_form(body)
                return Answer(body, buffers, frame)
            else:
                raise WireError("an answer to another question")
        raise WireError("too many callbacks")

    def _obituary(self, expired: threading.Event) -> Gone:
        if expired.is_set():
            return Gone("hang", line=self._running_line())
        code = self._exit_code()
        self.kill()
        if code is None:
            return Gone("frame")  # it closed its pipe but lives on
        if code == LOST_PIPE:
            return Gone("frame")
        return Gone("signal", -code) if code < 0 else Gone("exit", code)

    def _exit_code(self) -> int | None:
        with contextlib.suppress(OSError, ValueError, AssertionError):
            self._process.join(1)
        return self._process.exitcode

    def _running_line(self) -> int | None:
        """The innermost line of the subject in the stack that was noted at the limit."""
        try:
            data = (self._folder / "hang").read_bytes()[:200_000]
        except OSError:
            return None
        main = data.rpartition(b"most recent call first")[2]
        for name, line in _FRAME_LINE.findall(main):
            if os.path.basename(name).endswith(b".py") and _is_subject(name):
                return int(line)
        return None


def _require_form(reply: dict[str, Any]) -> None:
    """Hold a reply to its form, down to where nodes begin.

    Raises:
        WireError: it has another.
    """
    report = reply["report"]
    good = (
        all(isinstance(report[part], list) for part in ("modes", "randoms", "forbidden"))
        and isinstance(report["seconds"], (int, float))
        and isinstance(reply["error"], (dict, type(None)))
        and isinstance(reply.get("known", []), list)
    )
    if not good:
        raise WireError("a reply of another form")


def _is_subject(name: bytes) -> bool:
    return name.startswith(SUBJECT_PREFIX.encode())


_WATCHDOG = Watchdog()
SUBJECT_PREFIX = "answer:"  # file names of subjects in their process; no real path begins so


class Starter:
    """Starts learner processes, two ahead of need, and ends them, beside the judge's own work.

    Args:
        method: ``forkserver`` (warm: a fork takes milliseconds) or ``spawn`` (everywhere); None:
            the best here.
    """

    def __init__(self, method: str | None = None) -> None:
        self.method = method or best_method()
        self._context: ForkServerContext | SpawnContext
        if self.method == "forkserver":
            self._context = get_context("forkserver")
        else:
            self._context = get_context("spawn")
        self._root = Path(tempfile.mkdtemp(prefix="kata-"))
        self._count = itertools.count(1)
        self._beside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="kata-starter")
        self._ending = ThreadPoolExecutor(max_workers=1, thread_name_prefix="kata-ender")
        self._ahead: deque[Future[LearnerProcess]] = deque()
        self._kept: tuple[object, LearnerProcess] | None = None
        self._own: tuple[str, Future[LearnerProcess]] | None = None

    def warm_up(self) -> None:
        """Begin importing torch on the far side; returns at once."""
        if self.method == "forkserver":
            start_fork_server()

    def take(self, owner: object) -> LearnerProcess:
        """A learner process for one check; more are begun for the next callers.

        Args:
            owner: who gets the process back that it gave back; all others get fresh ones.
        """
        if self._kept is not None and self._kept[0] is owner:
            process, self._kept = self._kept[1], None
            return process
        depth = AHEAD if self.method == "forkserver" else 1
        while len(self._ahead) < depth:
            self._ahead.append(self._beside.submit(self._start, confined=True))
        process = self._ahead.popleft().result()
        if self.method == "forkserver":
            self._ahead.append(self._beside.submit(self._start, confined=True))
        return process

    def give_back(self, process: LearnerProcess, owner: object, usable: bool) -> None:
        """End a process, or keep it for the next check of the same subject.

        Args:
            process: one that was taken.
            owner: who took it.
            usable: it still answers, and as before.
        """
        process.used = True
        if usable and self._kept is None:
            self._kept = (owner, process)
        else:
            self._end(process)

    def renew(self) -> None:
        """Let the next one that is taken be fresh."""
        if self._kept is not None:
            self._end(self._kept[1])
            self._kept = None

    def expect_own(self, kata: str) -> None:
        """`take_own` will be called soon; returns at once."""
        if self._own is not None and self._own[0] != kata:
            self._forget_own()
        if self._own is None:
            self._own = kata, self._beside.submit(self._start, confined=False)

    def take_own(self, kata: str) -> LearnerProcess:
        """A process for variants of our own solution of a kata, which needs no confinement.

        It may have served judgements of the same kata before; traps of another would stay.
        """
        self.expect_own(kata)
        assert self._own is not None
        process = self._own[1].result()
        self._own = None
        process.served += 1
        return process

    def give_back_own(self, process: LearnerProcess, kata: str, usable: bool) -> None:
        """End such a process, or keep it for the next judgement of the same kata."""
        if usable and self._own is None and process.served < MOST_SERVED:
            kept: Future[LearnerProcess] = Future()
            kept.set_result(process)
            self._own = kata, kept
        else:
            self._end(process)

    def _forget_own(self) -> None:
        if self._own is not None:
            future, self._own = self._own[1], None
            if not future.cancel():
                self._ending.submit(lambda: future.result().close())

    def _end(self, process: LearnerProcess) -> None:
        process.kill()
        self._ending.submit(process.close)

    def close(self) -> None:
        """End what was started ahead and remove all files."""
        self.renew()
        self._forget_own()
        for future in self._ahead:
            if not future.cancel():
                self._ending.submit(lambda f=future: f.result().close())
        self._ahead.clear()
        self._beside.shutdown(wait=True)
        self._ending.shutdown(wait=True)
        remove(self._root)

    def _start(self, confined: bool) -> LearnerProcess:
        folder = self._root / str(next(self._count))
        (folder / "scratch").mkdir(parents=True)
        for name in ("output", "hang"):
            (folder / name).touch()
        ours, theirs = self._context.Pipe(duplex=True)
        settings = Settings(
            scratch=str(folder / "scratch"),
            output=str(folder / "output"),
            hang=str(folder / "hang"),
            memory_bytes=MEMORY,
            cpu_seconds=CPU_SECONDS,
            file_bytes=FILE_SIZE,
            confined=confined,
        )
        process = self._context.Process(target=serve, args=(theirs, settings), daemon=True)
        with clean_start():
            process.start()
        theirs.close()
        return LearnerProcess(process, ours, folder)
