"""Whether memory is so short that nothing should be kept in it for later (Linux; elsewhere: no)."""

import contextlib
from pathlib import Path

LEAST = 768 * 2**20  # bytes that must be free: a warm judge holds about half as much
_GROUPS = (  # a container's limit, its use, and what of that can be taken back; new and old form
    ("memory.max", "memory.current", "inactive_file"),
    ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
)


def is_tight(least: int = LEAST) -> bool:
    """Whether less than so many bytes can still be had."""
    free = [*_machine(), *_container()]
    return min(free, default=least) < least


def _machine() -> list[int]:
    with contextlib.suppress(OSError, ValueError, IndexError):
        for line in Path("/proc/meminfo").read_text().splitlines():
            if line.startswith("MemAvailable:"):
                return [int(line.split()[1]) * 1024]
    return []


def _container() -> list[int]:
    with contextlib.suppress(OSError):
        groups = [x.split(":", 2) for x in Path("/proc/self/cgroup").read_text().splitlines()]
        base = Path("/sys/fs/cgroup")
        folders = [base / path.lstrip("/") for _, kinds, path in groups if not kinds]
        folders += [base / "memory" / p.lstrip("/") for _, k, p in groups if "memory" in k]
        # Inside a container, its own group is often mounted as the root.
        return [free for f in (*folders, base, base / "memory") for free in _group(f)]
    return []


def _group(folder: Path) -> list[int]:
    for limit, used, reclaimable in _GROUPS:
        with contextlib.suppress(OSError, ValueError):
            most = int((folder / limit).read_text())  # "max" is no number: no limit
            stat = dict(x.split() for x in (folder / "memory.stat").read_text().splitlines())
            return [most - int((folder / used).read_text()) + int(stat.get(reclaimable, 0))]
    return []
