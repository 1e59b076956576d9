"""Limits of memory, processor time and files of the calling process, by the system's own means.

Each limit is set on its own: one that the platform lacks is named in the answer and the others
hold. Nothing here can be undone by the process itself.
"""

import ctypes
import os
import sys

# Enough for a program that reads data files; few enough that none can exhaust the system's.
_OPEN_FILES = 256
# Threads above those that the whole system runs now. The count is kept by user, not by process.
_MORE_THREADS = 512


def limit(memory_bytes: int, cpu_seconds: int, file_bytes: int) -> list[str]:
    """Limit the calling process, for good.

    Args:
        memory_bytes: address space on top of what the process holds now.
        cpu_seconds: processor time of all threads together; then the process is killed.
        file_bytes: the largest file that can be written.

    Returns:
        What could not be limited, in words ("memory", "processor time", ...); empty when all was.
    """
    try:
        import resource
    except ImportError:
        return ["memory", "processor time", "file size"]

    wanted = [
        ("core dumps", "RLIMIT_CORE", 0, 0),
        ("open files", "RLIMIT_NOFILE", _OPEN_FILES, _OPEN_FILES),
        ("file size", "RLIMIT_FSIZE", file_bytes, file_bytes),
        # At the first second SIGXCPU, which tells its reason; at the next SIGKILL, which no
        # handler holds up.
        ("processor time", "RLIMIT_CPU", cpu_seconds, cpu_seconds + 1),
    ]
    present = _address_space()
    if present is not None:
        memory = present + memory_bytes
        wanted.append(("memory", "RLIMIT_AS", memory, memory))
    threads = _system_threads()
    if threads is not None:
        # The kernel ignores this one for root.
        most = threads + _MORE_THREADS
        wanted.append(("threads", "RLIMIT_NPROC", most, most))
    missing = [] if present is not None else ["memory"]
    for words, name, soft, hard in wanted:
        try:
            which = getattr(resource, name)
            _, present_hard = resource.getrlimit(which)
            if present_hard != resource.RLIM_INFINITY:
                soft, hard = min(soft, present_hard), min(hard, present_hard)
            resource.setrlimit(which, (soft, hard))
        except (AttributeError, OSError, ValueError):
            missing.append(words)
    return missing


def drop_privileges() -> bool:
    """Give up what root may do beyond other users (Linux); True when nothing of it is left.

    The user id stays, so that files keep their owner; without it root could lift its limits.
    """
    if sys.platform != "linux" or os.geteuid() != 0:
        return True
    version_3 = 0x20080522
    head = (ctypes.c_uint32 * 2)(version_3, 0)
    none = (ctypes.c_uint32 * 6)()
    try:
        return ctypes.CDLL(None).capset(head, none) == 0
    except (AttributeError, OSError):
        return False


def _address_space() -> int | None:
    """Bytes of address space that the calling process holds; None where it isn't told."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return None


def _system_threads() -> int | None:
    """Threads of all processes, as the fourth field of the load average tells."""
    try:
        with open("/proc/loadavg", encoding="ascii") as file:
            return int(file.read().split()[3].partition("/")[2])
    except (OSError, ValueError, IndexError):
        return None
