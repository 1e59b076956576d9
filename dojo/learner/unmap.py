"""Giving back what only importing needed of the libraries' code (Linux)."""

import contextlib
import ctypes
import re

_RANGE = re.compile(r"([0-9a-f]+)-([0-9a-f]+) r-xp \S+ \S+ [1-9]")
_CLEAN = re.compile(r"Private_Dirty:\s+0 kB")
_DONT_NEED = 4  # madvise(2)


def unmap_code() -> None:
    """Let go of the code that this process has run so far; what runs again is found in the cache.

    When torch is imported it registers thousands of operations, by 60 MB of code that runs once.
    The system counts these pages as this process's for as long as it lives.
    """
    with contextlib.suppress(OSError, AttributeError):
        madvise = ctypes.CDLL(None, use_errno=True).madvise
        madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
        begin = end = 0
        with open("/proc/self/smaps", encoding="utf-8", errors="replace") as maps:
            for line in maps.readlines():
                if found := _RANGE.match(line):
                    begin, end = (int(number, 16) for number in found.groups())
                elif line[:1].islower() or line[:1].isdigit():
                    begin = end = 0  # no code, or of no file
                elif begin and _CLEAN.match(line):  # what was written would be lost
                    madvise(begin, end - begin, _DONT_NEED)
