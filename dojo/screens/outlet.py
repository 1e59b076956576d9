"""Output into a pipe whose reader may go away (`kata check | head -1`): that changes nothing.

What was judged is judged, recorded and told by the exit code, whether or not anybody reads on.
Needs nothing but the standard library.
"""

import errno
import io
import os
import stat
import sys
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import Buffer

_GONE = (errno.EPIPE, errno.EINVAL, errno.ECONNRESET)  # Windows says EINVAL


class _Outlet(io.FileIO):
    """A pipe into which writing never fails for want of a reader."""

    gone = False

    def write(self, data: "Buffer", /) -> int:
        size = memoryview(data).nbytes
        if self.gone:
            return size
        try:
            return super().write(data) or 0
        except OSError as error:
            if error.errno not in _GONE:
                raise
            self.gone = True
            return size


def survive_readers() -> None:
    """Let stdout and stderr, where they are pipes, outlive those who read them."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper) and _is_pipe(stream):
            stream.flush()
            setattr(sys, name, _outliving(stream))


def reader_is_gone(stream: IO[str]) -> bool:
    """Whether nobody reads any more what is written to this stream."""
    buffer = getattr(stream, "buffer", None)
    return isinstance(buffer, io.BufferedWriter) and getattr(buffer.raw, "gone", False)


def _outliving(stream: io.TextIOWrapper) -> io.TextIOWrapper:
    outlet = _Outlet(stream.fileno(), "wb", closefd=False)
    return io.TextIOWrapper(
        io.BufferedWriter(outlet),
        encoding=stream.encoding,
        errors=stream.errors,
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )


def _is_pipe(stream: io.TextIOWrapper) -> bool:
    try:
        mode = os.fstat(stream.fileno()).st_mode
    except (OSError, ValueError):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)
