"""The server's process: sockets, signals, connections that say nothing, and what ticks.

Ctrl-C ends it within two seconds, however many boards are open.
"""

import asyncio
import contextlib
import logging
import os
import signal
import socket
import ssl
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

from dojo.errors import UsageError
from dojo.room.live import LiveRooms

SILENT = 10.0  # seconds for which a connection may say nothing
MOST_CONNECTIONS = 4_000  # more than that, and the oldest idle one goes
TICK = 2.0  # seconds between two looks at what others wrote
HOUSEKEEPING = 300.0  # seconds between two looks at what has expired
WAITING = 1024  # connections that the system holds until they are taken
_ENDS = [getattr(signal, n) for n in ("SIGTERM", "SIGHUP") if hasattr(signal, n)]  # Windows: one
_WAIT = 1  # seconds that open answers have when the server ends


@dataclass(frozen=True)
class Place:
    """Where a server listens.

    Attributes:
        host, port: as the person said; port 0 takes any.
        cert, key: of TLS, or None.
    """

    host: str
    port: int
    cert: Path | None = None
    key: Path | None = None


class Patient(H11Protocol):
    """A connection that has some patience: who asks nothing gives way to those who do."""

    _idle: "dict[Patient, None]" = {}  # noqa: RUF012  (of the process, in order of age)
    _timer: asyncio.TimerHandle | None = None
    _asked = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)  # pyrefly: ignore
        self._asked = time.monotonic()
        self._idle[self] = None
        self._timer = self.loop.call_later(SILENT, self._look)
        if len(self.connections) > MOST_CONNECTIONS:
            oldest = next((c for c in self._idle if c.is_idle), None)
            if oldest is not None:
                oldest.give_up()

    def connection_lost(self, exc: Exception | None) -> None:
        self._idle.pop(self, None)
        if self._timer is not None:
            self._timer.cancel()
        super().connection_lost(exc)

    @property
    def is_idle(self) -> bool:
        """Whether no request is being answered."""
        return self.cycle is None or self.cycle.response_complete

    def give_up(self) -> None:
        """End the connection at once."""
        self._idle.pop(self, None)
        self.transport.abort()

    def _look(self) -> None:
        now = time.monotonic()
        if not self.is_idle:
            self._asked = now
        elif now - self._asked >= SILENT:
            self.give_up()
            return
        self._timer = self.loop.call_later(SILENT, self._look)


class RoomServer(uvicorn.Server):
    """A server that ends its streams before it waits for them.

    Args:
        config: of uvicorn.
        stop: ends the streams; called by the signal's handler.
    """

    def __init__(self, config: uvicorn.Config, stop: Callable[[], None]) -> None:
        super().__init__(config)
        self._stop = stop

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End, as uvicorn does it, but don't raise the signal again: there is more to tidy up."""
        self._stop()
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True


def bound(place: Place) -> socket.socket:
    """A socket that has its place, and refuses everybody until it listens.

    So who asks needn't wait for a server that still reads its log.

    Raises:
        UsageError: the address can't be had.
    """
    try:
        found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)[0]
        sock = socket.socket(found[0], socket.SOCK_STREAM)
        if os.name == "posix":  # or the port of a server that was killed stays taken for a while
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if found[0] == socket.AF_INET6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        sock.bind(found[4])
    except OSError as error:
        raise _not_there(place, error) from None
    return sock


def listen(sock: socket.socket, place: Place) -> None:
    """Let the system take connections, which wait until `run` serves.

    Raises:
        UsageError: another server listens there by now.
    """
    try:
        sock.listen(WAITING)
    except OSError as error:
        raise _not_there(place, error) from None


def _not_there(place: Place, error: OSError) -> UsageError:
    return UsageError(
        f"Nothing can listen at {place.host}, port {place.port} "
        f"({error.strerror or error}). Choose another with --host or --port."
    )


@contextlib.contextmanager
def until_told() -> Iterator[None]:
    """End quietly at Ctrl-C; a termination or a closed window counts as one, at any moment."""

    def end(*_: object) -> None:
        raise KeyboardInterrupt

    before = {n: signal.signal(n, end) for n in _ENDS}
    try:
        with contextlib.suppress(KeyboardInterrupt):
            yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run(app: FastAPI, rooms: LiveRooms, sock: socket.socket, place: Place, tick: "Ticks") -> None:
    """Serve until Ctrl-C or a termination; then everything that was taken is stored.

    Raises:
        UsageError: the certificate can't be used.
    """
    allow_files()
    config = configured(app, place)
    try:
        config.load()
    except (OSError, ssl.SSLError) as error:
        raise UsageError(f"The certificate or its key can't be used: {error}.") from None
    logging.getLogger("uvicorn").setLevel(logging.ERROR)
    logging.getLogger("uvicorn.error").addFilter(_is_ours)
    sys.setswitchinterval(0.001)  # who writes needn't wait while a board is painted
    with tick, contextlib.suppress(KeyboardInterrupt):
        RoomServer(config, rooms.stop).run(sockets=[sock])


def _is_ours(record: logging.LogRecord) -> bool:
    """Whether a message is about a fault; that streams are cut off at the end is none."""
    return not record.getMessage().startswith("Cancel ")


def configured(app: FastAPI, place: Place) -> uvicorn.Config:
    """How the server behaves."""
    return uvicorn.Config(
        app,
        http=Patient,
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=_WAIT,
        h11_max_incomplete_event_size=16 * 2**10,
        ssl_certfile=place.cert,
        ssl_keyfile=place.key,
    )


class Ticks:
    """A thread that looks every other second at what others wrote, and seldom at what expired.

    Args:
        often: what is done every other second.
        seldom: what is done every five minutes, and at once.
    """

    def __init__(self, often: Callable[[], None], seldom: Callable[[], None]) -> None:
        self._often, self._seldom = often, seldom
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="kata-room-ticks", daemon=True)

    def __enter__(self) -> "Ticks":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join(5)

    def _run(self) -> None:
        next_time = 0.0
        while not self._ended.wait(TICK):
            try:
                self._often()
                if time.monotonic() >= next_time:
                    next_time = time.monotonic() + HOUSEKEEPING
                    self._seldom()
            except Exception:  # the database is away for a moment: the next tick looks again
                logging.getLogger(__name__).exception("a tick failed")


def allow_files() -> None:
    """Let this process have as many connections as it may."""
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65_536), hard))


def network_address() -> str | None:
    """This machine's address in its network, as far as it can be known; nothing is sent."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))
        return str(probe.getsockname()[0])
    return None
