"""Frames of the wire: a JSON header and raw buffers.

    4 bytes   length of the header (big-endian)
    header    JSON in UTF-8: ``{"buffers": [sizes], "body": node}``
    buffers   one after the other

What arrives may come from hostile code: every size is checked before anything is made of it, and
the only error is WireError.
"""

import json
import struct
from typing import Any

from dojo.wire.values import Node, WireError

MAX_FRAME = 64 * 2**20
# Reading JSON costs some hundred times what it takes to send it.
MAX_HEADER = 4 * 2**20
MAX_NODES = 200_000


def pack(body: Node, buffers: list[bytes]) -> bytes:
    """The bytes of a frame.

    Raises:
        WireError: it is longer than the other side would take.
    """
    header = {"buffers": [len(b) for b in buffers], "body": body}
    text = _ENCODER.encode(header).encode()
    if len(text) > MAX_HEADER:
        raise WireError("the value has too many parts")
    if 4 + len(text) + sum(map(len, buffers)) > MAX_FRAME:
        raise WireError("the value is too large")
    return b"".join([struct.pack(">I", len(text)), text, *buffers])


def parse(frame: bytes) -> tuple[Node, list[memoryview]]:
    """Split a frame into its body and its buffers.

    Raises:
        WireError: the frame is malformed.
    """
    if len(frame) < 4 or len(frame) > MAX_FRAME:
        raise WireError("a frame of an impossible length")
    (size,) = struct.unpack(">I", frame[:4])
    if size > min(len(frame) - 4, MAX_HEADER):
        raise WireError("a header longer than its frame, or than any header")
    try:
        header = _DECODER.decode(frame[4 : 4 + size].decode())
        sizes, body = header["buffers"], header["body"]
    except WireError:
        raise
    except (ValueError, KeyError, TypeError, RecursionError):
        raise WireError("a header that is not the wire's JSON") from None
    return body, _buffers(frame, 4 + size, sizes)


def _buffers(frame: bytes, at: int, sizes: Any) -> list[memoryview]:
    if not isinstance(sizes, list) or len(sizes) > MAX_NODES:
        raise WireError("no list of buffers")
    view = memoryview(frame)
    buffers: list[memoryview] = []
    for length in sizes:
        if not isinstance(length, int) or isinstance(length, bool) or length < 0:
            raise WireError("a buffer of an impossible size")
        buffers.append(view[at : at + length])
        at += length
    if at != len(frame):
        raise WireError("buffers that don't fill their frame")
    return buffers


def _no_constant(name: str) -> float:
    raise WireError(f"{name} in JSON")


_ENCODER = json.JSONEncoder(allow_nan=False, separators=(",", ":"))
_DECODER = json.JSONDecoder(parse_constant=_no_constant)
