"""Rooms for the measurement of what joining costs: one that answers, and others that don't."""

import contextlib
import json
import socket
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path

from dojo.joined import membership
from dojo.joined.membership import Membership

_STATE: dict[str, object] = {"seq": 1, "line": "", "open": [], "solutions": True, "board": 1}
_PROMISED, _HANGING = 0.02, 0.15  # seconds more than without a room


def rooms() -> list[tuple[str, contextlib.AbstractContextManager[str], float]]:
    """What is measured: in words, a room's address for as long as it is open, seconds promised."""
    return [
        ("in a room that answers", _answering(), _PROMISED),
        ("in a room that hangs", _hanging(), _HANGING),
        ("in a room that is gone", _gone(), _HANGING),
        ("in a room whose name means nothing", _nameless(), _HANGING),
    ]


def sit_down(workspace: Path, address: str) -> None:
    """Let a workspace take part in a room, without asking it."""
    member = Membership(address, "r", "Monday", 1, "Ada", "token", (), "2999-01-01")
    state = workspace / ".kata"
    for path in state.glob("room*"):
        path.unlink()
    membership.write(state, member)


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        size = 0
        while (line := self.rfile.readline()) not in (b"\r\n", b""):
            name, _, value = line.decode().partition(":")
            size = int(value) if name.lower() == "content-length" else size
        sent = json.loads(self.rfile.read(size) or b"{}")
        upto = max((event["n"] for event in sent.get("events", ())), default=0)
        body = json.dumps({"upto": upto, "state": _STATE}).encode()
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))


@contextlib.contextmanager
def _answering() -> Iterator[str]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@contextlib.contextmanager
def _hanging() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0), backlog=1000) as silent:
        yield f"http://127.0.0.1:{silent.getsockname()[1]}"


@contextlib.contextmanager
def _gone() -> Iterator[str]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


@contextlib.contextmanager
def _nameless() -> Iterator[str]:
    yield "http://room.invalid:8000"
