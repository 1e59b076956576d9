"""Hold 5,000 connections, more than the server keeps: whoever asks something gets through."""

import contextlib
import socket
from urllib.parse import urlsplit

from dojo.room import serve

NUMBER = 5_000


def attempt(room):
    serve.allow_files()
    at = urlsplit(room.base)
    with contextlib.ExitStack() as held:
        for _ in range(NUMBER):
            held.enter_context(socket.create_connection((at.hostname, at.port), timeout=20))
        with room.join("Ada") as me:
            assert me.get("/api/state").status_code == 200
