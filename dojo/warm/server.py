"""The judge in the background itself: a process that stays warm and answers commands.

Each client is heard in a thread of its own, within a time, so that one that says nothing or
nonsense keeps nobody waiting; files are judged one at a time in the main thread. It ends when told
to, when nobody asked for some minutes, when memory gets tight, or when its socket or its engine
is no longer there.
"""

import contextlib
import os
import queue
import signal
import socket
import threading
import time
from pathlib import Path

from dojo.errors import UsageError
from dojo.judge.judge import Judge
from dojo.machine import scratch
from dojo.machine.free_memory import is_tight
from dojo.request import Request
from dojo.warm import worker
from dojo.warm.client import IDLE, PATIENCE, Begun, Ping, Stop, name_for
from dojo.warm.line import Line

LOOK = 20.0  # seconds between two looks at what may end it
MOST_REQUEST = 4 * 2**20  # bytes
MOST_CLIENTS = 64


def main(path: str, root: str, lock: str) -> None:
    """Where the process begins; see `serve`.

    Args:
        path: of the socket.
        root: of the katas.
        lock: the descriptor of the lock, which ends with this process.
    """
    os.set_inheritable(int(lock), False)
    os.umask(0o077)
    os.truncate(int(lock), 0)
    os.write(int(lock), str(os.getpid()).encode())
    serve(Path(path), Path(root))


def serve(path: Path, root: Path, idle: float = IDLE) -> None:
    """Listen and judge until told to stop, or until nobody asked for so many seconds."""

    def answer(judge: Judge) -> None:
        server = _Server(path, root, idle)
        try:
            server.work(judge)
        finally:
            server.close()

    worker.work(root, answer)


class _Server:
    """Listens in one thread, hears each client in another, judges in the main thread."""

    def __init__(self, path: Path, root: Path, idle: float) -> None:
        self._path = path
        self._root = root
        self._idle = idle
        self._jobs: queue.Queue[tuple[Request, Line]] = queue.Queue()
        self._clients = threading.BoundedSemaphore(MOST_CLIENTS)
        self._ending = threading.Lock()
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        # Bound under a name of its own and then moved: whoever finds the socket finds it listening.
        fresh = f"{path}.{os.getpid()}"
        self._listener.bind(fresh)
        self._listener.listen(8)
        os.rename(fresh, path)
        self._number = path.lstat().st_ino
        threading.Thread(target=self._listen, daemon=True).start()

    def work(self, judge: Judge) -> None:
        """Judge what is asked for, one after the other, until it is time to end."""
        last = time.monotonic()
        while not is_tight():
            try:
                request, line = self._jobs.get(timeout=min(LOOK, self._idle))
            except queue.Empty:
                if time.monotonic() - last >= self._idle or not self._is_reachable():
                    return
            else:
                with line:
                    able = _answer(judge, request, line)
                if not able:
                    return
                scratch.sweep()
                last = time.monotonic()

    def close(self) -> None:
        """Listen no more; a later wish to stop finds it ending."""
        self._ending.acquire(blocking=False)
        with contextlib.suppress(OSError):
            if self._path.lstat().st_ino == self._number:
                self._path.unlink()

    def _listen(self) -> None:
        while True:
            client, _ = self._listener.accept()
            if self._clients.acquire(blocking=False):
                threading.Thread(target=self._hear, args=(Line(client),), daemon=True).start()
            else:
                client.close()

    def _hear(self, line: Line) -> None:
        """Take one request; whatever comes instead, this line is closed and nothing else."""
        request: object = None
        try:
            request = line.receive(PATIENCE, MOST_REQUEST)
            if isinstance(request, Request):
                self._jobs.put((request, line))
            elif isinstance(request, Ping):
                line.send(os.getpid(), PATIENCE)
            elif isinstance(request, Stop):
                line.send(True, PATIENCE)
                self._stop()
        except OSError:
            pass
        finally:
            self._clients.release()
            if not isinstance(request, Request):
                line.close()

    def _stop(self) -> None:
        if self._ending.acquire(blocking=False):
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)

    def _is_reachable(self) -> bool:
        """Whether commands of today's engine would still find this judge."""
        try:
            there = self._path.lstat().st_ino == self._number
            return there and self._path.name == name_for(self._root)
        except OSError:
            return False


def _answer(judge: Judge, request: Request, line: Line) -> bool:
    """Judge one file; False when none can be judged here any more (its temporary folder is gone).

    Whoever asked may be gone before the answer is there: that ends it. After a fault of ours they
    get no answer, judge by themselves, and see it.
    """
    with contextlib.suppress(OSError):
        line.send(Begun(), PATIENCE)
        try:
            verdict = judge.check(request, on_check=lambda check: line.send(check, PATIENCE))
        except UsageError:
            return False
        except OSError:
            raise
        except Exception:
            return True
        line.send(verdict, PATIENCE)
    return True
