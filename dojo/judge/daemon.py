"""A judge that stays warm between commands: started by hand, asked by `kata check`.

It listens on a socket in a folder that only its user can enter, answers one request at a time,
and ends by itself when nobody asked for some minutes. The socket's name holds a digest of the
engine and of Python, so a command never talks to a judge of another version; suites, cards and
solutions are read anew when they change. Imports nothing slow until it serves.
"""

import contextlib
import hashlib
import os
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, cast

from dojo.catalog import content_root, load, pass_over
from dojo.errors import UsageError
from dojo.judge.pool import CheckJob
from dojo.judge.session import Judge
from dojo.surroundings import bare
from dojo.verdict import CheckResult, Verdict

IDLE = 15 * 60.0  # seconds without a request after which it ends
BUSY = 0.5  # seconds that a command waits for a judge that may be busy with another's file
START = 60.0  # seconds until a new one must listen
_ENGINE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class _Ping:
    """Asks for the process's number."""


@dataclass(frozen=True)
class _Stop:
    """Asks it to end."""


def address() -> Path:
    """Where the judge of this engine, this Python and these katas listens.

    Raises:
        UsageError: there is no folder that only this user can enter, or no such sockets here.
    """
    if not hasattr(socket, "AF_UNIX"):
        raise UsageError("A judge in the background needs Unix sockets, which this system lacks.")
    digest = hashlib.sha256(f"{sys.version} {sys.prefix} {content_root()}".encode())
    for path in sorted(_ENGINE.rglob("*.py")):
        found = path.stat()
        digest.update(f"{path} {found.st_mtime_ns} {found.st_size}".encode())
    return _private_folder() / f"judge-{digest.hexdigest()[:16]}"


def ask(job: CheckJob, on_check: Callable[[CheckResult], None] | None = None) -> Verdict | None:
    """The verdict of the judge in the background; None when there is none, or it is busy.

    Args:
        job: what to judge.
        on_check: told of each check as it ends.
    """
    with contextlib.suppress(OSError, EOFError, UsageError), _connected() as connection:
        connection.send(job)
        if not connection.poll(BUSY):
            return None
        connection.recv()  # it has begun
        while True:
            event = connection.recv()
            if not isinstance(event, CheckResult):
                return cast("Verdict | None", event)
            if on_check is not None:
                on_check(event)
    return None


def running() -> int | None:
    """The number of the process that listens, or None."""
    with contextlib.suppress(OSError, EOFError), _connected() as connection:
        connection.send(_Ping())
        return cast("int", connection.recv()) if connection.poll(10) else None
    return None


def start() -> int:
    """Start a judge in the background, if none listens; returns its process's number.

    Raises:
        UsageError: it doesn't start.
    """
    known = running()
    if known is not None:
        return known
    subprocess.Popen(
        [sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, {str(_ENGINE.parent)!r}); "
         "from dojo.judge import daemon; daemon.serve()"],
        env={**bare(), "XDG_RUNTIME_DIR": os.environ.get("XDG_RUNTIME_DIR", "")},
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + START
    while time.monotonic() < deadline:
        known = running()
        if known is not None:
            return known
        time.sleep(0.05)
    raise UsageError("The judge did not start. `kata doctor` shows what is missing.")


def stop() -> bool:
    """End the judge in the background; whether there was one."""
    with contextlib.suppress(OSError, EOFError), _connected() as connection:
        connection.send(_Stop())
        with contextlib.suppress(EOFError):
            connection.recv()
        return True
    return False


def serve(idle: float = IDLE) -> None:
    """Listen and judge until told to stop, or until nobody asked for so many seconds."""
    path = address()
    path.parent.mkdir(mode=0o700, exist_ok=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    with (
        contextlib.suppress(KeyboardInterrupt),
        listener,
        Judge(load(on_flaw=pass_over)) as judge,
    ):
        import dojo.diagnosis.explain
        import dojo.judge.run  # noqa: F401  (torch and pytest)

        # Bound under a name of its own and then moved: whoever finds the socket finds it listening.
        fresh = f"{path}.{os.getpid()}"
        listener.bind(fresh)
        listener.listen(8)
        os.rename(fresh, path)
        listener.settimeout(idle)
        try:
            while _answer(listener, judge):
                pass
        finally:
            with contextlib.suppress(OSError):
                path.unlink()


def _answer(listener: socket.socket, judge: Judge) -> bool:
    """Answer one request; False when it is time to end."""
    try:
        accepted, _ = listener.accept()
    except TimeoutError:
        return False
    accepted.setblocking(True)
    # Whoever asked may be gone before the answer is there: that ends the judgement.
    with contextlib.suppress(OSError, EOFError), Connection(accepted.detach()) as connection:
        request: Any = connection.recv()
        if isinstance(request, _Stop):
            return False
        if isinstance(request, _Ping):
            connection.send(os.getpid())
            return True
        connection.send("begun")
        connection.send(request(judge, on_check=connection.send))
    return True


@contextlib.contextmanager
def _connected() -> Iterator[Connection]:
    path = address()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.connect(str(path))
        with Connection(client.detach()) as connection:
            yield connection


def _private_folder() -> Path:
    """A folder that nobody else can enter, whether or not it is there yet."""
    base = os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()
    folder = Path(base) / f"kata-judge-{os.getuid()}"
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return folder
    private = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
    if not private or stat.S_IMODE(found.st_mode) & 0o077:
        raise UsageError(f"{folder} is open to others, so no judge can be trusted there.")
    return folder
