"""The cores that this process may use."""

import contextlib
import os


def usable() -> list[int]:
    """Their numbers; other programs may use them, too."""
    if hasattr(os, "sched_getaffinity"):
        with contextlib.suppress(OSError):
            return sorted(os.sched_getaffinity(0))
    return list(range(os.cpu_count() or 1))


def one_each(processes: int) -> list[int | None]:
    """A core for each of so many busy processes; None: any, as the system thinks best.

    A process that stays on its core finds there what it had in its caches. Where there are fewer
    processes than cores, the system knows better which of these are quick, or share what they have.
    """
    cores = usable()
    if processes != len(cores) or processes == 1:
        return [None] * processes
    return [*cores]


def stay_on(core: int | None) -> None:
    """Keep this process, and what it starts from now on, on one core, where that can be done."""
    if core is not None and hasattr(os, "sched_setaffinity"):
        with contextlib.suppress(OSError):
            os.sched_setaffinity(0, {core})
