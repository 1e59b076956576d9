"""Several judges side by side on this machine: what they share, and which core is whose."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace

from dojo.machine import cores
from dojo.types.shared import SharedChecker
from dojo.wall.forkserver import best_method
from dojo.warm.worker import How

MANY = 200  # answers that are worth half a second at the start


@contextlib.contextmanager
def together(judges: int, answers: int) -> Iterator[list[How]]:
    """How each of so many is started; what they share is there as long as the block lasts.

    Args:
        judges: side by side.
        answers: to be judged by all of them.
    """
    usual = How(many=answers >= MANY)
    each = [replace(usual, core=core) for core in cores.one_each(judges)]
    if best_method() != "forkserver":
        yield each
        return
    with SharedChecker() as checker:
        yield [replace(how, types=checker.address) for how in each]
