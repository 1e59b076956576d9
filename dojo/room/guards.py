"""What stands before every page and answer: bounds on bodies and time, and strict headers.

Plain ASGI, so that streams pass through untouched.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from dojo.joined.protocol import MOST_BODY

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

SLOW = 10.0  # seconds for a body
HEADERS = (
    (b"content-security-policy",
     b"default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
     b"object-src 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)  # fmt: skip
# Over plain http a browser ignores it, and complains.
OVER_TLS = ((b"cross-origin-opener-policy", b"same-origin"),)


class Guarded:
    """An app behind the bounds.

    Args:
        app: what is guarded.
        most: bytes of a body.
        slow: seconds within which a body is there.
    """

    def __init__(self, app: App, most: int = MOST_BODY, slow: float = SLOW) -> None:
        self._app, self._most, self._slow = app, most, slow

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        send = _with_headers(send, scope["scheme"] == "https")
        if scope["method"] in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        if _length(scope) > self._most:
            await _refuse(send, 413, f"A request holds at most {self._most // 1024} kB.")
            return
        try:
            body = await asyncio.wait_for(_whole(receive, self._most), self._slow)
        except TimeoutError:
            await _refuse(send, 408, "The request took too long to arrive.")
            return
        if body is None:
            await _refuse(send, 413, f"A request holds at most {self._most // 1024} kB.")
            return
        await self._app(scope, _again(body, receive), send)


def _length(scope: Scope) -> int:
    said = next((v for k, v in scope["headers"] if k == b"content-length"), b"0")
    return int(said) if said.isdigit() and len(said) < 20 else 0


async def _whole(receive: Receive, most: int) -> bytes | None:
    """A body; None where it is too long. Empty where whoever sends it went away."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b""
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > most:
            return None
        if not message.get("more_body", False):
            return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """Hand a body on, and then whatever comes after it."""
    given = False

    async def read() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return read


def _with_headers(send: Send, tls: bool) -> Send:
    headers = (*HEADERS, *OVER_TLS) if tls else HEADERS

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = {k.lower() for k, _ in message.get("headers", ())}
            more = [(k, v) for k, v in headers if k not in own]
            message = {**message, "headers": [*message.get("headers", ()), *more]}
        await send(message)

    return sent


async def _refuse(send: Send, status: int, sentence: str) -> None:
    body = json.dumps({"error": sentence}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
