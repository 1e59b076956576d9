"""Several judges side by side on this machine: what they share, and which core is whose."""

import contextlib
from collections.abc import Iterator

from dojo.machine import cores
from dojo.types.shared import SharedChecker
from dojo.wall.forkserver import best_method
from dojo.warm.worker import How


@contextlib.contextmanager
def together(judges: int) -> Iterator[list[How]]:
    """How each of so many is started; what they share is there as long as the block lasts."""
    each = [How(forked=True, core=core) for core in cores.one_each(judges)]
    if best_method() != "forkserver":
        yield each
        return
    with SharedChecker() as checker:
        yield [How(forked=True, core=how.core, types=checker.address) for how in each]
