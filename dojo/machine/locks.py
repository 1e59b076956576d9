"""A file that one process at a time holds, and none for longer than a moment."""

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from dojo.machine import files

_AGAIN = 0.002  # seconds between two tries


class BusyError(OSError):
    """Somebody else held it all the while."""


@contextlib.contextmanager
def held(path: Path, wait: float) -> Iterator[None]:
    """Hold a lock on a file, which is made where it is missing.

    Where the file system knows no locks, nobody is kept out.

    Args:
        path: the file; nothing stands in it.
        wait: seconds to wait for whoever holds it.

    Raises:
        BusyError: it was held all the while.
        OSError: the file can't be opened.
    """
    descriptor = files.open_plain(path, os.O_RDWR | os.O_CREAT, mode=0o600)
    try:
        _take(descriptor, time.monotonic() + wait)
        yield
    finally:
        os.close(descriptor)  # lets go of it, too


def _take(descriptor: int, until: float) -> None:
    while True:
        try:
            _try(descriptor)
        except (BlockingIOError, PermissionError):
            if time.monotonic() >= until:
                raise BusyError(None, "another command holds it") from None
            time.sleep(_AGAIN)
        except OSError:
            return
        else:
            return


if os.name == "nt":
    import msvcrt

    def _try(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
