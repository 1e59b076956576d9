"""What the questions of lesson 1.5 let happen."""

import math

from dojo.judge.outcome import Outcome


def shorter_step(_code: object) -> Outcome:
    """Errors of the central difference of tanh at 0.5."""
    slope = 1 - math.tanh(0.5) ** 2
    errors = {}
    for h in (1e-1, 1e-3, 1e-5, 1e-7, 1e-9, 1e-12):
        measured = (math.tanh(0.5 + h) - math.tanh(0.5 - h)) / (2 * h)
        errors[h] = abs(measured - slope)
    told = ", ".join(f"{error:.0e} with {h:.0e}" for h, error in errors.items())
    return Outcome(errors[1e-12] > 1000 * errors[1e-5], f"The error by the step: {told}.")
