"""One question to a room over HTTP, and its answer, within a time that nothing can stretch.

Written on sockets: `http.client` takes longer to load than all that a check may spend on a room.
Everything that may wait (finding the host, connecting, TLS, the answer) happens in a thread that
nobody waits for longer than told. No redirect is followed, and an answer is bounded in size. This
file knows no events.
"""

import contextlib
import json
import queue
import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from dojo.errors import UsageError
from dojo.machine import surroundings

if TYPE_CHECKING:
    import ssl

MOST_HEAD = 16 * 2**10  # bytes of an answer's head
MOST_ANSWER = 256 * 2**10  # bytes of its body
_LONGEST_LABEL = 63
_PORTS = {"http": 80, "https": 443}


class UnreachableError(Exception):
    """No answer of a room came; the text says why, as the end of a sentence."""


class RefusedError(Exception):
    """The room said no.

    Attributes:
        status: 400 or more.
        said: its sentence, as it came; may be empty.
    """

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.status = status
        self.said = said


@dataclass(frozen=True)
class Place:
    """Where a room is: ``http`` or ``https``, host, port, and what its paths begin with."""

    scheme: str
    host: str
    port: int
    prefix: str

    @property
    def address(self) -> str:
        """As a person writes it, without a last slash."""
        return f"{self.scheme}://{self._authority}{self.prefix}"

    @property
    def _authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    def head(self, method: str, path: str, token: str, size: int) -> bytes:
        """The head of a request with ``size`` bytes of JSON."""
        lines = [
            f"{method} {self.prefix}{path} HTTP/1.1",
            f"Host: {self._authority}",
            "User-Agent: kata",
            "Accept: application/json",
            "Connection: close",
        ]
        if token:
            lines.append(f"Authorization: Bearer {token}")
        if method != "GET":
            lines += ["Content-Type: application/json", f"Content-Length: {size}"]
        return "\r\n".join([*lines, "", ""]).encode("ascii")


def place(address: str) -> Place:
    """What an address means; without a scheme it is http.

    Raises:
        UsageError: it is none of a room.
    """
    text = address.strip()
    if "://" not in text:
        text = f"http://{text}"
    try:
        parts = urlsplit(text)
        scheme, host, port = parts.scheme.lower(), parts.hostname or "", parts.port
    except ValueError:
        scheme, host, port, parts = "", "", None, urlsplit("")
    plain = text.isascii() and text.isprintable() and " " not in text and len(text) < 1000
    plain = plain and all(len(label) <= _LONGEST_LABEL for label in host.split("."))
    if scheme not in _PORTS or not host or port == 0 or parts.username is not None or not plain:
        raise UsageError(
            f"'{address}' is no address of a room. It looks like http://10.0.0.5:8000."
        )
    return Place(scheme, host, port or _PORTS[scheme], parts.path.rstrip("/"))


class Line:
    """A connection to a room, made in the background from the start; it serves one question.

    Args:
        to: where to.
        patience: seconds for connecting, and for each piece of the answer.
    """

    def __init__(self, to: Place, patience: float = 5.0) -> None:
        self._to = to
        self._patience = patience
        self._socket: socket.socket | None = None
        self._given_up = False
        self._asked: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._answered: queue.SimpleQueue[tuple[int, bytes] | str] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name="kata-room", daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether its thread is still at work."""
        return self._thread.is_alive()

    def ask(
        self, method: str, path: str, body: Mapping[str, Any] | None, token: str, budget: float
    ) -> dict[str, Any]:
        """The answer to a question, decoded.

        Args:
            method: ``GET`` or ``POST``.
            path: below the room's address.
            body: what is sent as JSON.
            token: the learner's, or empty.
            budget: seconds until there is no more waiting.

        Raises:
            RefusedError: the room answered with 400 or above, in the form of a refusal.
            UnreachableError: there was no answer, or none of a room.
        """
        data = b""
        if body is not None:
            data = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        self._asked.put(self._to.head(method, path, token, len(data)) + data)
        try:
            found = self._answered.get(timeout=max(budget, 0.0))
        except queue.Empty:
            self.close()
            raise UnreachableError("it took too long to answer") from None
        if isinstance(found, str):
            raise UnreachableError(found)
        return _understood(*found)

    def close(self) -> None:
        """Give up: whatever the thread waits for ends, and nothing more is sent."""
        self._given_up = True
        self._asked.put(None)
        found = self._socket
        if found is not None:
            with contextlib.suppress(OSError):
                found.shutdown(socket.SHUT_RDWR)

    def _serve(self) -> None:
        try:
            with contextlib.closing(self._connected()) as connection:
                self._socket = connection
                request = self._asked.get()
                if request is None or self._given_up:
                    return
                connection.sendall(request)
                self._answered.put(_answer(connection, time.monotonic() + self._patience))
        except Exception as error:
            self._answered.put(_why(error))

    def _connected(self) -> "socket.socket | ssl.SSLSocket":
        to = self._to
        # As bytes: for a text Python would load its tables of names in other scripts.
        host: Any = to.host.encode("ascii")
        connection = socket.create_connection((host, to.port), self._patience)
        if to.scheme != "https":
            return connection
        import ssl

        self._socket = connection  # so that it can be given up meanwhile
        try:
            context = ssl.create_default_context()
            authority = surroundings.of_the_person().get("SSL_CERT_FILE")
            if authority:
                context.load_verify_locations(cafile=authority)
            return context.wrap_socket(connection, server_hostname=to.host)
        except BaseException:
            connection.close()
            raise


def _answer(connection: socket.socket, deadline: float) -> tuple[int, bytes]:
    """Status and body of the answer.

    Raises:
        OSError: nothing more came.
        ValueError: it is no HTTP, or too large.
    """
    reader = _Reader(connection, deadline)
    head = reader.upto(b"\r\n\r\n", MOST_HEAD).decode("latin-1").split("\r\n")
    version, _, rest = head[0].partition(" ")
    if not version.startswith("HTTP/1.") or not rest[:3].isdecimal():
        raise ValueError("no answer in HTTP")
    fields = {k.strip().lower(): v.strip() for k, _, v in (x.partition(":") for x in head[1:])}
    if fields.get("transfer-encoding", "").lower() == "chunked":
        return int(rest[:3]), _chunks(reader)
    length = fields.get("content-length")
    if length is None:
        return int(rest[:3]), reader.rest(MOST_ANSWER)
    if not length.isdecimal() or len(length) > 9 or int(length) > MOST_ANSWER:
        raise ValueError("the answer is too large")
    return int(rest[:3]), reader.exactly(int(length))


def _chunks(reader: "_Reader") -> bytes:
    body = b""
    while True:
        size = int(reader.upto(b"\r\n", 1024).partition(b";")[0], 16)
        if size == 0:
            return body
        if not 0 < size <= MOST_ANSWER - len(body):
            raise ValueError("the answer is too large")
        body += reader.exactly(size)
        reader.upto(b"\r\n", 2)


class _Reader:
    """Reads from a connection until a moment, and never more than was allowed."""

    def __init__(self, connection: socket.socket, deadline: float) -> None:
        self._connection = connection
        self._deadline = deadline
        self._data = bytearray()

    def upto(self, end: bytes, most: int) -> bytes:
        """Everything before ``end``, which is taken away, too."""
        while (found := self._data.find(end)) < 0:
            if len(self._data) > most or not self._more():
                raise ValueError("the answer is cut off or too large")
        return self._take(found, len(end))

    def exactly(self, size: int) -> bytes:
        """So many bytes."""
        while len(self._data) < size:
            if not self._more():
                raise ValueError("the answer is cut off")
        return self._take(size)

    def rest(self, most: int) -> bytes:
        """Everything until the other side ends."""
        while self._more():
            if len(self._data) > most:
                raise ValueError("the answer is too large")
        return bytes(self._data)

    def _take(self, size: int, skip: int = 0) -> bytes:
        taken = bytes(self._data[:size])
        del self._data[: size + skip]
        return taken

    def _more(self) -> bool:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)
        piece = self._connection.recv(2**16)
        self._data += piece
        return bool(piece)


def _understood(status: int, body: bytes) -> dict[str, Any]:
    if 300 <= status < 400:
        raise UnreachableError("another address is named there, and `kata` follows no redirect")
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise UnreachableError("what answers there is no room of `kata`")
    said = answer.get("error")
    if status >= 400 and isinstance(said, str):
        raise RefusedError(status, said)
    if not 200 <= status < 300:
        raise UnreachableError("what answers there is no room of `kata`")
    return answer


def _why(error: Exception) -> str:
    """Why a room could not be reached, as the end of a sentence."""
    if isinstance(error, socket.gaierror):
        return "no computer of that name is found"
    if isinstance(error, TimeoutError):
        return "it doesn't answer"
    if isinstance(error, ConnectionRefusedError):
        return "nothing listens there"
    if type(error).__name__ == "SSLCertVerificationError":
        return "its certificate isn't one that this computer trusts"
    if type(error).__name__.startswith("SSL"):
        return "it speaks no HTTPS"
    if isinstance(error, (ValueError, ConnectionError)):
        return "what answers there is no room of `kata`"
    return (getattr(error, "strerror", None) or "the network can't be used").lower()
