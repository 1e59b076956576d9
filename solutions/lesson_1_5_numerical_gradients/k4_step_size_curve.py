"""How long should the step of a central difference be? Try many, and keep the record."""

from collections.abc import Callable, Sequence


def errors_by_step(
    f: Callable[[float], float],
    df: Callable[[float], float],
    x: float,
    steps: Sequence[float],
) -> list[float]:
    """Return how far the central difference is off at x, for each step.

    - The error is the distance between the central difference of f with the step h, from x - h to
      x + h, and the true derivative df(x). A distance is never negative.
    - One error for each step, in the order of the steps (which can be any order).
    - f and df take and return plain floats. All arithmetic is in float64, as Python's floats are.
    """
    # --- yours
    errors: list[float] = []
    for h in steps:
        quotient = (f(x + h) - f(x - h)) / (2 * h)
        errors.append(abs(quotient - df(x)))
    return errors
    # --- end


def best_step(
    f: Callable[[float], float],
    df: Callable[[float], float],
    x: float,
    steps: Sequence[float],
) -> float:
    """Return the step whose central difference has the smallest error at x.

    There is at least one step, and the steps come in any order. Where two errors are equal,
    either step will do.
    """
    # --- yours
    errors = errors_by_step(f, df, x, steps)
    return steps[errors.index(min(errors))]
    # --- end
