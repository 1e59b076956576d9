"""The judge in the background, from the side of a command: found, asked, started, stopped.

It listens on a socket in a folder that only its user can enter. The socket's name holds a digest
of the engine, of Python and of the katas, so a command never talks to a judge of another version.
It starts by hand, or by itself after a check at a terminal, unless that was forbidden. What it
does then is in dojo.warm.server. Imports nothing slow: a warm check is as quick as this is light.
"""

import contextlib
import os
import signal
import socket
import stat
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from dojo.course.catalog import content_root
from dojo.errors import UsageError
from dojo.machine.surroundings import bare, python
from dojo.request import Request
from dojo.verdict import CheckResult, Verdict
from dojo.warm.line import Line

IDLE = 10 * 60.0  # seconds without a request after which it ends
BUSY = 0.5  # seconds that a command waits for a judge that may be busy with another's file
START = 60.0  # seconds until a new one must listen
PATIENCE = 5.0  # seconds in which it answers what needs no judging
_ENGINE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Ping:
    """Asks for the process's number."""


@dataclass(frozen=True)
class Stop:
    """Asks it to end."""


@dataclass(frozen=True)
class Begun:
    """Says that a request is under way; what follows are its checks, then its verdict."""


def possible() -> bool:
    """Whether this system has the sockets that it needs."""
    return hasattr(socket, "AF_UNIX") and hasattr(os, "getuid")


def address() -> Path:
    """Where the judge of this engine, this Python and these katas listens.

    Raises:
        UsageError: there is no folder that only this user can enter, or no such sockets here.
    """
    if not possible():
        raise UsageError("A judge in the background needs Unix sockets, which this system lacks.")
    return _private_folder() / name_for(content_root())


def name_for(root: Path) -> str:
    """The name of the socket of a judge of today's engine for these katas.

    Raises:
        OSError: the engine is no longer there.
    """
    lines = [sys.version, sys.prefix, str(root), *sorted(_stamps(str(_ENGINE)))]
    text = "\n".join(lines).encode()
    # No secret, only to tell versions apart; hashlib would be loaded for nothing else here.
    return f"judge-{zlib.crc32(text):08x}{zlib.crc32(text, 1):08x}"


class Asked:
    """A question that the judge in the background has, and may be working on.

    Args:
        line: to the judge.
    """

    def __init__(self, line: Line) -> None:
        self._line = line

    def verdict(self, on_check: Callable[[CheckResult], None] | None = None) -> Verdict | None:
        """Its verdict; None when it was busy with another's file, or is gone.

        Args:
            on_check: told of each check as it ends.
        """
        with contextlib.suppress(OSError), self._line as line:
            line.receive(BUSY)  # it has begun
            while isinstance(event := line.receive(), CheckResult):
                if on_check is not None:
                    on_check(event)
            return cast("Verdict | None", event)
        return None


def send(request: Request, wait: float = START) -> Asked | None:
    """Put a question to the judge in the background; None when there is none.

    Args:
        request: what to judge.
        wait: seconds for one that is starting.
    """
    with contextlib.suppress(OSError, UsageError):
        line = _connect(wait)
        try:
            line.send(request)
        except OSError:
            line.close()
        else:
            return Asked(line)
    return None


def ask(request: Request, on_check: Callable[[CheckResult], None] | None = None) -> Verdict | None:
    """The verdict of the judge in the background; None when there is none, or it is busy.

    Args:
        request: what to judge.
        on_check: told of each check as it ends.
    """
    asked = send(request)
    return asked.verdict(on_check) if asked is not None else None


def running() -> int | None:
    """The number of the process that listens, or None."""
    with contextlib.suppress(OSError), _connect() as line:
        line.send(Ping())
        return cast("int", line.receive(PATIENCE))
    return None


def start() -> int:
    """Start a judge in the background, if none listens; returns its process's number.

    Raises:
        UsageError: it doesn't start.
    """
    path = address()
    deadline = time.monotonic() + START
    try:
        begin(path)
        while (known := running()) is None and _is_held(path) and time.monotonic() < deadline:
            time.sleep(0.05)
    except OSError as error:
        raise UsageError(f"A judge can't listen at {path}: {error.strerror or error}.") from None
    if known is None:
        raise UsageError("The judge did not start. `kata doctor` shows what is missing.")
    return known


def begin_quietly() -> bool:
    """Start a judge where none is, if memory allows, and don't wait for it; whether it did.

    Raises:
        OSError, UsageError: none can listen here.
    """
    from dojo.machine.free_memory import LEAST, is_tight

    return not is_tight(2 * LEAST) and begin(address())


def begin(path: Path) -> bool:
    """Start a judge that will listen there, and don't wait for it; False, if there is one.

    Raises:
        OSError: the folder can't be written.
    """
    import subprocess

    with _lock(path) as lock:
        if lock is None:
            return False
        process = subprocess.Popen(
            python(
                "from dojo.warm.server import main; main(*sys.argv[1:])",
                *(str(path), str(content_root()), str(lock)),
            ),
            cwd=os.sep,
            env=bare(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[lock],
            start_new_session=True,
        )
        process.returncode = 0  # it outlives this command, and nobody waits for it
    return True


def stop() -> bool:
    """End the judge in the background, whatever it does; whether there was one."""
    path = address()
    if not _is_held(path):
        return False
    with contextlib.suppress(OSError), _connect(PATIENCE) as line:
        line.send(Stop())
        line.receive(PATIENCE)
    if not _released(path):
        with contextlib.suppress(OSError, ValueError):
            os.kill(int(_lock_file(path).read_text()), signal.SIGKILL)
        _released(path)
    return True


def _connect(wait: float = 0.0) -> Line:
    """A line to the judge; waits so many seconds for one that is starting.

    Raises:
        OSError, UsageError: there is none.
    """
    path = address()
    deadline = time.monotonic() + wait
    client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        while True:
            try:
                client.connect(str(path))
                return Line(client)
            except (FileNotFoundError, ConnectionRefusedError):
                if time.monotonic() >= deadline or not _is_held(path):
                    raise
                time.sleep(0.02)
    except BaseException:
        client.close()
        raise


def _stamps(folder: str) -> Iterator[str]:
    for entry in os.scandir(folder):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _stamps(entry.path)
        elif entry.name.endswith(".py"):
            found = entry.stat()
            yield f"{entry.path} {found.st_mtime_ns} {found.st_size}"


def _private_folder() -> Path:
    """A folder that nobody else can enter, whether or not it is there yet."""
    base = os.environ.get("XDG_RUNTIME_DIR", "")
    if not os.path.isdir(base):
        import tempfile

        base = tempfile.gettempdir()
    folder = Path(base) / f"kata-judge-{os.getuid()}"
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return folder
    private = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
    if not private or stat.S_IMODE(found.st_mode) & 0o077:
        raise UsageError(f"{folder} is open to others, so no judge can be trusted there.")
    return folder


def _lock_file(path: Path) -> Path:
    """A judge holds this locked from before its start to its end; its number is in it."""
    return path.with_name(f"{path.name}.lock")


@contextlib.contextmanager
def _lock(path: Path) -> Iterator[int | None]:
    """The descriptor of the lock, or None when a judge has it.

    The lock goes over to the process that is given the descriptor.

    Raises:
        OSError: the folder can't be written.
    """
    import fcntl

    path.parent.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(_lock_file(path), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield descriptor
    finally:
        os.close(descriptor)


def _is_held(path: Path) -> bool:
    """Whether a judge is there: it starts, listens or ends."""
    if not _lock_file(path).exists():
        return False
    with _lock(path) as lock:
        return lock is None


def _released(path: Path) -> bool:
    deadline = time.monotonic() + PATIENCE
    while _is_held(path):
        if time.monotonic() >= deadline:
            return False
        time.sleep(0.02)
    return True
