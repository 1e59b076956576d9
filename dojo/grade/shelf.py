"""The files of a pile while it is graded: each once, in a nameless temporary file."""

import hashlib
import tempfile
import threading
from types import TracebackType
from typing import IO

from dojo.errors import UsageError
from dojo.machine import scratch


class Shelf:
    """Bytes by their digest; a context manager that threads may read from."""

    def __init__(self) -> None:
        self._places: dict[str, tuple[str, int, int]] = {}
        self._end = 0
        self._turn = threading.Lock()
        self._file: IO[bytes]

    def __enter__(self) -> "Shelf":
        try:
            self._file = tempfile.TemporaryFile()
        except OSError as error:
            raise UsageError(scratch.trouble(error)) from None
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def put(self, content: bytes) -> str:
        """Keep these bytes; returns their SHA-256 in hexadecimal.

        Raises:
            UsageError: the temporary folder is full.
        """
        digest = hashlib.sha256(content).hexdigest()
        if digest not in self._places:
            try:
                self._file.seek(self._end)
                self._file.write(content)
            except OSError as error:
                raise UsageError(scratch.trouble(error)) from None
            self._places[digest] = (digest, self._end, len(content))
            self._end += len(content)
        return self._places[digest][0]  # the same text for all: thousands may hand in equal files

    def get(self, digest: str) -> bytes:
        """The bytes that have this digest; they were put here."""
        _, place, size = self._places[digest]
        with self._turn:
            self._file.seek(place)
            return self._file.read(size)
