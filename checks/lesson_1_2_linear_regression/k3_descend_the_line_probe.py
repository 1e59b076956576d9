"""Runs beside the answer: a long descent."""

import sys
from types import ModuleType

from torch import Tensor


def many_epochs(
    subject: ModuleType, x: Tensor, y: Tensor, w: Tensor, b: Tensor, lr: float
) -> tuple[object, int]:
    """A descent of more epochs than calls fit inside one another, and how many these were.

    Where there is little room for calls, few epochs show it. What needs more room gets it, and
    then as many epochs as Python's own limit asks for.
    """

    def fit(epochs: int) -> object:
        return subject.fit_line(*(t.clone() for t in (x, y, w, b)), lr, epochs)

    fit(1)  # whatever is imported at the first call
    limit, frame, depth = sys.getrecursionlimit(), sys._getframe(), 0
    while frame is not None:
        frame, depth = frame.f_back, depth + 1
    sys.setrecursionlimit(depth + 100)
    try:
        return fit(120), 120
    except RecursionError:
        sys.setrecursionlimit(limit)
        return fit(1000), 1000
    finally:
        sys.setrecursionlimit(limit)
