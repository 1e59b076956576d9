"""Whether many repetitions fit, seen from few of them: for what calls itself once for each."""

import sys
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

FEW = 80
ROOM = 60  # calls inside one another; loops need a dozen, whatever library they use
MANY = 1100  # more than Python's own limit


def many(run: Callable[[int], T]) -> tuple[T, int]:
    """Run something with so many repetitions that calls inside one another can't hold them.

    Where there is little room for such calls, few repetitions show it. What needs more room gets
    it, and then as many repetitions as Python's own limit asks for: a right answer is refused
    neither way, and a wrong one stops with Python's own error.

    Args:
        run: takes the number of repetitions, and starts from the same state at each call.

    Returns:
        What the run returned, and the number of its repetitions.
    """
    run(1)  # whatever is imported at the first call needs room of its own
    limit, depth = sys.getrecursionlimit(), 0
    frame = sys._getframe()
    while (outer := frame.f_back) is not None:
        frame, depth = outer, depth + 1
    try:
        sys.setrecursionlimit(depth + ROOM)
        return run(FEW), FEW
    except RecursionError:
        sys.setrecursionlimit(limit)
        return run(MANY), MANY
    finally:
        sys.setrecursionlimit(limit)
