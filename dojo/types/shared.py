"""One type checker for several judges: it lives in the process that started them, and is asked.

A checker holds 80 MB, and answers in milliseconds: one is enough for all cores.
"""

import contextlib
import secrets
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing.connection import Client, Connection, Listener

from dojo.errors import UsageError
from dojo.failure import JudgeError
from dojo.machine import scratch
from dojo.types.pyrefly import Pending, TypeChecker, TypeProblem, Unfinished

_GONE = (OSError, EOFError)


class SharedChecker:
    """Answers whoever was told its address; a context manager. Needs sockets that are files.

    Attributes:
        address: what `DistantChecker` takes.
    """

    def __init__(self) -> None:
        self.address = str(scratch.folder() / f"types-{secrets.token_hex(4)}")
        self._listener = Listener(self.address)
        self._checker = TypeChecker()
        self._one_at_a_time = threading.Lock()
        self._closed = False

    def __enter__(self) -> "SharedChecker":
        threading.Thread(target=self._listen, name="kata-types", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closed = True
        with contextlib.suppress(*_GONE):
            Client(self.address).close()  # nothing else ends a wait for callers everywhere
        self._listener.close()
        self._checker.close()

    def _listen(self) -> None:
        while not self._closed:
            with contextlib.suppress(*_GONE):
                line = self._listener.accept()
                threading.Thread(target=self._answer, args=(line,), daemon=True).start()

    def _answer(self, line: "Connection[object, object]") -> None:
        with line, contextlib.suppress(*_GONE):
            while True:
                source = line.recv_bytes()
                with self._one_at_a_time:
                    told = _told(self._checker, source)
                line.send(told)


class DistantChecker:
    """Asks a shared checker; where that is gone, one of its own.

    Args:
        address: the shared one's.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._line: Connection[object, object] | None = None
        self._own: TypeChecker | None = None
        self._one_at_a_time = ThreadPoolExecutor(1, thread_name_prefix="kata-types")

    def begin(self, source: bytes) -> Pending:
        """Start to check a file; returns at once."""
        return _Asked(self._one_at_a_time.submit(self._ask, source))

    def close(self) -> None:
        """Leave the shared checker to the others."""
        self._one_at_a_time.shutdown(cancel_futures=True)
        if self._line is not None:
            self._line.close()
        if self._own is not None:
            self._own.close()

    def _ask(self, source: bytes) -> list[TypeProblem]:
        if self._own is None:
            try:
                self._line = self._line or Client(self._address)
                self._line.send_bytes(source)
                told = self._line.recv()
            except _GONE:
                self._own = TypeChecker()
            else:
                if isinstance(told, Exception):
                    raise told
                assert isinstance(told, list)
                return told
        return self._own.begin(source).errors()


class _Asked:
    def __init__(self, answer: Future[list[TypeProblem]]) -> None:
        self._answer = answer

    def errors(self) -> list[TypeProblem]:
        return self._answer.result()

    def close(self) -> None:
        self._answer.cancel()


def _told(checker: TypeChecker, source: bytes) -> list[TypeProblem] | Exception:
    """What comes of checking a file: its errors, or why there is no answer."""
    try:
        pending = checker.begin(source)
    except UsageError as error:
        return error
    try:
        return pending.errors()
    except (JudgeError, Unfinished, UsageError) as error:
        return error
    finally:
        pending.close()
