"""Learner processes: asked over a pipe, killed at their limit.

What comes back over the pipe is
hostile; whatever goes wrong becomes one Gone with the reason.
"""

import contextlib
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Literal

from dojo.learner.entry import LOST_PIPE, WHERE
from dojo.machine.remove_tree import remove
from dojo.wall import forkserver
from dojo.wall.allowance import Budget, Meter, Scope, TooMuch, Watch
from dojo.wall.watchdog import Watchdog
from dojo.wire.codec import Encoder
from dojo.wire.frames import MAX_FRAME, parse
from dojo.wire.unchanged import completed
from dojo.wire.values import WireError

FIRST_LOOK = 0.2  # seconds; most calls have ended before
GRACE = 0.5  # seconds between the learner process's own note of a hang and its end
STARTUP = 60.0  # seconds until a learner process must have said hello (spawn imports torch first)
MAX_CALLBACKS = 200_000
ORPHANED = 255  # what multiprocessing says where the fork server can't tell; a process may say it
_MALFORMED = (WireError, LookupError, TypeError, ValueError, ArithmeticError, RecursionError)
_FRAME_LINE = re.compile(rb'File "([^"\n]*)", line (\d{1,7})\b')

OnCallback = Callable[[dict[str, Any], list[memoryview]], tuple[Encoder, dict[str, Any]]]
Reason = Literal["hang", "starved", "exit", "signal", "frame", "flood", "start", "orphaned"]


class Gone(Exception):
    """The learner process can't answer any more.

    Attributes:
        reason: hang, starved (the machine gave it no time), exit (it ended itself), signal (it was
            killed), frame (it sent nonsense), flood (it sent too much); our fault: start (it never
            began), orphaned (the fork server ended, and it with that).
        code: exit code, or the signal's number.
        line: for a hang: the line of the subject that was still running, if known.
        scope, seconds: for a hang: whose allowance was used up, and how long it was.
    """

    def __init__(
        self,
        reason: Reason,
        code: int | None = None,
        line: int | None = None,
        scope: Scope = "call",
        seconds: float = 0.0,
    ) -> None:
        super().__init__(f"{reason} {code} {line}")
        self.reason: Reason = reason
        self.code = code
        self.line = line
        self.scope: Scope = scope
        self.seconds = seconds


@dataclass(frozen=True)
class Answer:
    """A reply of the learner process, parsed but not yet decoded.

    Attributes:
        body, buffers: of its frame.
        same: names of tensors that are what they were in the request.
    """

    body: dict[str, Any]
    buffers: list[memoryview]
    same: frozenset[str] = frozenset()


class LearnerProcess:
    """One process of the far side.

    Args:
        process: started or about to be.
        connection: this side's end of its pipe.
        folder: its files: scratch/, output, hang.
        server: the fork server that it came from, if it came from one.
    """

    def __init__(
        self, process: BaseProcess, connection: Any, folder: Path, server: int | None
    ) -> None:
        self._process = process
        self._server = server
        self._connection = connection
        self._folder = folder
        self._sequence = 0
        self._greeted = False
        self.used = False  # it served a check before
        self.served = 0  # judgements, where it runs our own variants
        self.isolation = ""  # known after its greeting

    def ask(
        self,
        body: dict[str, Any],
        encoder: Encoder,
        seconds: float,
        on_callback: OnCallback,
        meters: Sequence[Meter] = (),
        budget: Budget | None = None,
    ) -> Answer:
        """Send a request and wait for its reply, answering callbacks meanwhile.

        Args:
            body: the request; ``seq`` and ``seconds`` are added here.
            encoder: the one that made the body's nodes.
            seconds: what the call may use (see dojo.wall.allowance).
            on_callback: answers a callback frame.
            meters: of the check and the judgement that the call belongs to.
            budget: of bytes; None: as many as it likes.

        Raises:
            Gone: no reply came, or it came too late.
        """
        self.greet()
        self._sequence += 1
        body = {**body, "seq": self._sequence, "seconds": seconds}
        watch = Watch(self._process.pid, seconds, meters, self._ask_where, self.kill, GRACE)
        if watch.seconds <= 0:
            self.kill()
            raise Gone("hang", scope=watch.scope, seconds=_limit_of(watch, meters))
        try:
            with _WATCHDOG.looking(min(FIRST_LOOK, watch.seconds), watch.look):
                self._connection.send_bytes(encoder.frame(body))
                answer = self._receive(encoder, on_callback, watch, budget)
        except (EOFError, OSError) as error:
            raise self._obituary(watch, meters) from error
        except TooMuch as error:
            self.kill()
            raise Gone("flood") from error
        except _MALFORMED as error:
            self.kill()
            raise Gone("frame") from error
        finally:
            watch.close()
        if watch.over is not None:  # what comes after the end isn't looked at
            raise self._obituary(watch, meters)
        return answer

    def output(self, limit: int = 20_000) -> str:
        """What the process printed so far, its middle cut out beyond ``limit`` characters.

        Paths in its own folder are told from there: that one is called otherwise in each judgement.
        """
        try:
            if os.stat(self._folder / "output").st_size == 0:
                return ""
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
        said = (head + note + tail).decode("utf-8", "replace")
        places = {str(p / "scratch") for p in (self._folder, self._folder.resolve())}
        return re.sub(rf"(?:{'|'.join(map(re.escape, places))})[/\\](?:\d+[/\\])?", "", said)

    @property
    def can_go_on(self) -> bool:
        """Whether it lives, and its files are still there: others may clean temporary folders."""
        lives = self._process.is_alive() and not self._is_orphaned
        return lives and (self._folder / "scratch").is_dir()

    @property
    def _is_orphaned(self) -> bool:
        """Whether the fork server that it came from has ended, and it with that or soon."""
        return self._server is not None and not forkserver.lives(self._server)

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

    def _receive(
        self, request: Encoder, on_callback: OnCallback, watch: Watch, budget: Budget | None
    ) -> Answer:
        for _ in range(MAX_CALLBACKS):
            frame = self._connection.recv_bytes(MAX_FRAME)
            body, buffers = parse(frame)
            if budget is not None:
                budget.take_frame(len(frame), len(frame) - sum(map(len, buffers)))
            if body["op"] == "callback":
                watch.pause()
                encoder, reply = on_callback(body, buffers)
                self._connection.send_bytes(encoder.frame(reply))
                watch.resume()
            elif body["op"] == "reply" and body["seq"] == self._sequence:
                _require_form(body)
                same = completed(body.get("known", []), request.sent, buffers)
                return Answer(body, buffers, same)
            else:
                raise WireError("an answer to another question")
        raise TooMuch("too many callbacks")

    def _obituary(self, watch: Watch, meters: Sequence[Meter]) -> Gone:
        if watch.over == "starved":
            return Gone("starved", seconds=watch.seconds)
        if watch.over is not None:
            limit = _limit_of(watch, meters)
            return Gone("hang", line=self._running_line(), scope=watch.scope, seconds=limit)
        code = self._exit_code()
        self.kill()
        if code in (None, ORPHANED) and self._is_orphaned:
            return Gone("orphaned")
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
            with (self._folder / "hang").open("rb") as file:
                data = file.read(200_000)
        except OSError:
            return None
        main = data.rpartition(b"most recent call first")[2]
        for name, line in _FRAME_LINE.findall(main):
            if os.path.basename(name).endswith(b".py") and _is_subject(name):
                return int(line)
        return None


def _limit_of(watch: Watch, meters: Sequence[Meter]) -> float:
    """How long the allowance was that was used up, from its beginning."""
    return next((m.limit for m in meters if m.scope == watch.scope), watch.seconds)


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
