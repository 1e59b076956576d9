"""What known mistakes would give in place of what is right: data beside a comparison.

Looked at only when the comparison has failed, and only to name the mistake.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch

# Loose enough that answers in float32 are told, too; no mistake comes so near another by chance.
ALIKE = 1e-4

# What a mistake would give: the value, in the structure of what was compared, or None where the
# mistake can't be worked out. Several, where it can be made in several ways.
Make = Callable[[], Any]
Otherwise = Mapping[str, Make | Sequence[Make]]


def mistake_of(got: torch.Tensor, want: torch.Tensor, otherwise: Otherwise | None) -> str | None:
    """The first mistake that gives what came, or None.

    Args:
        got: what came.
        want: what is right, of the same shape.
        otherwise: the mistakes, likeliest first.
    """
    for mistake, makes in (otherwise or {}).items():
        for make in makes if isinstance(makes, Sequence) else (makes,):
            value = make()
            if value is not None and fits(got, want, torch.as_tensor(value, dtype=torch.float64)):
                return mistake
    return None


def fits(got: torch.Tensor, want: torch.Tensor, value: torch.Tensor) -> bool:
    """Whether what came is this value and not, up to rounding, what is right."""
    if value.shape != got.shape:
        return False
    gap = float((got - value.detach()).norm())
    # Written so that NaN doesn't fit.
    return gap <= ALIKE * float(value.detach().norm()) and gap <= 0.1 * float((got - want).norm())
