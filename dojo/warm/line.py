"""How a command and the judge in the background talk: pickled objects with their length, in order.

Both ends are of one user, engine and Python: the socket lies in a folder that nobody else enters.
Light, so that a command that only asks stays quick.
"""

import contextlib
import pickle
import socket
import struct
import time
from types import TracebackType
from typing import Any

MOST = 64 * 2**20  # bytes of one object; a judged file has at most one million
_LENGTH = struct.Struct("!I")


class Line:
    """One end of a connection.

    Args:
        sock: connected; closed with the line.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock

    def __enter__(self) -> "Line":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        with contextlib.suppress(OSError):
            self._socket.close()

    def send(self, thing: object, seconds: float | None = None) -> None:
        """Send one object.

        Raises:
            OSError: the other end is gone, or took nothing for so many seconds.
        """
        body = pickle.dumps(thing)
        self._socket.settimeout(seconds)
        self._socket.sendall(_LENGTH.pack(len(body)) + body)

    def receive(self, seconds: float | None = None, most: int = MOST) -> Any:
        """The next object.

        Args:
            seconds: within which all of it must be there; None waits for ever.
            most: bytes that it may have.

        Raises:
            OSError: the other end is gone, too slow, or sends nonsense.
        """
        until = None if seconds is None else time.monotonic() + seconds
        (length,) = _LENGTH.unpack(self._read(_LENGTH.size, until))
        if length > most:
            raise OSError("too long to be a request")
        body = self._read(length, until)
        try:
            return pickle.loads(body)
        except Exception as error:  # whatever nonsense does to a decoder
            raise OSError("no object") from error

    def _read(self, size: int, until: float | None) -> bytes:
        data = bytearray()
        while len(data) < size:
            if until is not None:
                self._socket.settimeout(max(until - time.monotonic(), 0.001))
            else:
                self._socket.settimeout(None)
            piece = self._socket.recv(min(size - len(data), 2**16))
            if not piece:
                raise OSError("the other end hung up")
            data += piece
        return bytes(data)
