"""Connect and say nothing."""

import socket
from urllib.parse import urlsplit

from dojo.room import serve


def attempt(room):
    before, serve.SILENT = serve.SILENT, 0.3
    try:
        at = urlsplit(room.base)
        with socket.create_connection((at.hostname, at.port)) as me:
            me.settimeout(20)
            try:
                assert me.recv(1) == b""
            except ConnectionError:
                pass
    finally:
        serve.SILENT = before
