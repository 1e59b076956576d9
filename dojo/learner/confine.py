"""Confinement of the learner process: what it can read, write, reach, start and use up.

Three layers, each on its own: files (Landlock), system calls (seccomp) and limits (rlimits). A
layer that a machine can't give is named, and the others hold all the same. Imports no torch; what
is slow is done once by `prepare`, so that a fork pays about two milliseconds.
"""

import contextlib
import os
import sys
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from dojo.learner import limits, syscalls
from dojo.learner.readable import readable_paths

FULL = "full"
_FILES = "file confinement (Landlock)"
_CALLS = "system call filter (seccomp)"
_LIMITS = "limits"


@dataclass(frozen=True)
class Layer:
    """One layer of the confinement, as this machine can give it.

    Attributes:
        name: what it is, in a few words.
        works: True when a learner process here gets all of it.
        why: one sentence: what it does, or what is missing.
    """

    name: str
    works: bool
    why: str


def layers() -> tuple[Layer, ...]:
    """What works on this machine; asks only, confines nobody."""
    reasons = (
        (_FILES, _no_landlock(), "An answer reads and writes no file but its own."),
        (_CALLS, _no_seccomp(), "An answer starts no program and reaches no network or process."),
        (_LIMITS, _no_limits(), "Memory, processor time and file size are limited."),
    )
    return tuple(Layer(name, not reason, reason or works) for name, reason, works in reasons)


def prepare() -> None:
    """Do once, best in the fork server, what every confinement needs; raises nothing."""
    readable_paths()
    with contextlib.suppress(Exception):
        import resource  # noqa: F401
    with contextlib.suppress(Exception):
        import sandlock  # noqa: F401
    with contextlib.suppress(Exception):
        syscalls.prepare()


def confine(scratch: Path, memory_bytes: int, cpu_seconds: int, file_bytes: int) -> str:
    """Confine the calling process for good. To be called while it has one thread.

    Args:
        scratch: the only folder that can be written; exists.
        memory_bytes: address space on top of what the process holds now.
        cpu_seconds: processor time of all its threads together.
        file_bytes: the largest file that it can write.

    Returns:
        ``full``, or which layers are missing, such as ``no file confinement (Landlock)``.
    """
    # Loading a library may mean to look for it with a program's help: not possible any more later.
    prepare()
    missing: list[str] = []
    threads = _threads()
    unlimited = limits.limit(memory_bytes, cpu_seconds, file_bytes)
    if unlimited:
        missing.append(f"no limit of {', '.join(unlimited)}")
    reason = _no_landlock()
    if reason or not _landlock(scratch):
        missing.append(f"no {_FILES}")
    elif threads > 1:
        missing.append(f"{_FILES} not in all threads")
    # The system call filter comes last: it refuses the calls that the others are made of.
    if not limits.drop_privileges():
        missing.append("root keeps its privileges")
    if _no_seccomp() or not _seccomp():
        missing.append(f"no {_CALLS}")
    return ", ".join(missing) or FULL


def close_descriptors(keep: Collection[int]) -> None:
    """Close every open file but those in ``keep``; stdin, stdout and stderr become empty.

    Empty, not closed: the next file that is opened would take their number, and prints go there.
    """
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        if standard not in keep and standard != null:
            os.dup2(null, standard)
    kept = sorted({0, 1, 2, *keep})
    for below, above in zip(kept, [*kept[1:], _highest_descriptor() + 1], strict=True):
        os.closerange(below + 1, above)


def _landlock(scratch: Path) -> bool:
    import sandlock

    writable = [os.path.realpath(scratch), os.devnull]
    # What a kernel's Landlock leaves open (signals, sockets, cutting files off), seccomp closes.
    optional = list(sandlock.Protection)
    # One path that is gone fails the whole: the second time without those.
    for paths in (readable_paths(), [p for p in readable_paths() if os.path.exists(p)]):
        try:
            sandlock.confine(
                sandlock.Sandbox(fs_readable=paths, fs_writable=writable, allow_degraded=optional)
            )
        except (sandlock.SandlockError, OSError, ValueError):
            continue
        return True
    return False


def _seccomp() -> bool:
    try:
        syscalls.deny()
    except (ImportError, OSError, RuntimeError, AttributeError, ValueError):
        return False
    return True


def _no_landlock() -> str:
    """Why files can't be confined here, as a sentence; empty when they can."""
    if sys.platform != "linux":
        return "Landlock exists on Linux only."
    try:
        import sandlock

        version = sandlock.landlock_abi_version()
    except (ImportError, OSError, RuntimeError, AttributeError):
        return "The package sandlock is missing or doesn't load."
    return "" if version >= 1 else "This kernel has no Landlock, or it is switched off."


def _no_seccomp() -> str:
    """Why system calls can't be refused here, as a sentence; empty when they can."""
    if sys.platform != "linux":
        return "seccomp exists on Linux only."
    try:
        import pyseccomp  # noqa: F401
    except (ImportError, OSError, RuntimeError, AttributeError):
        return "The package pyseccomp or the library libseccomp is missing."
    return "" if _kernel_filters() else "This kernel has no seccomp filters."


def _no_limits() -> str:
    """Why memory and time can't be limited here, as a sentence; empty when they can."""
    if sys.platform == "linux":
        return ""
    if sys.platform == "win32":
        return "Windows has no limits for a process that it has already started."
    return "This system does not limit a process's memory."


def _kernel_filters() -> bool:
    """Ask for a filter at address zero: a kernel that has filters complains about the address."""
    import ctypes
    import errno

    set_seccomp, filter_mode = 22, 2
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(set_seccomp, filter_mode, None, 0, 0)
    return ctypes.get_errno() == errno.EFAULT


def _threads() -> int:
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return 1


def _highest_descriptor() -> int:
    for folder in ("/proc/self/fd", "/dev/fd"):
        try:
            return max(int(name) for name in os.listdir(folder))
        except (OSError, ValueError):
            continue
    return 4096
