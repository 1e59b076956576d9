"""Say something that is no HTTP."""

import socket
from urllib.parse import urlsplit

LINES = (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"GET\r\n\r\n", b"A" * 100_000, b"\r\n" * 50)


def attempt(room):
    at = urlsplit(room.base)
    for line in LINES:
        with socket.create_connection((at.hostname, at.port)) as me:
            me.settimeout(20)
            try:
                me.sendall(line + b"\r\n\r\n")
                me.shutdown(socket.SHUT_WR)
                answer = me.recv(100)
            except OSError:
                continue
            assert answer == b"" or b" 400 " in answer
