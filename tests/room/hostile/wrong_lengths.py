"""Say one length and send another, or two lengths, or both ways of saying it."""

import socket
from urllib.parse import urlsplit

HEADS = (
    b"Content-Length: 5\r\nContent-Length: 50",
    b"Content-Length: -5",
    b"Content-Length: 99999999999999999999999",
    b"Content-Length: 3\r\nTransfer-Encoding: chunked",
    b"Transfer-Encoding: gzip, chunked",
)


def attempt(room):
    at = urlsplit(room.base)
    for head in HEADS:
        with socket.create_connection((at.hostname, at.port)) as me:
            me.settimeout(20)
            try:
                me.sendall(b"POST /api/join HTTP/1.1\r\nHost: x\r\n" + head + b"\r\n\r\n{}")
                me.shutdown(socket.SHUT_WR)
                answer = me.recv(200)
            except OSError:
                continue
            assert b" 200 " not in answer, head
            assert b" 500 " not in answer, head
