"""Begin a request and send a byte now and then."""

import socket
import time
from urllib.parse import urlsplit


def attempt(room):
    at = urlsplit(room.base)
    with socket.create_connection((at.hostname, at.port)) as me:
        me.sendall(b"POST /api/join HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n")
        started = time.monotonic()
        me.settimeout(20)
        try:
            while time.monotonic() - started < 20:
                me.sendall(b"x")
                me.settimeout(0.2)
                try:
                    answer = me.recv(4096)
                except TimeoutError:
                    continue
                assert answer == b"" or b" 408 " in answer
                return
        except OSError:
            return
    raise AssertionError("it was listened to all the while")
