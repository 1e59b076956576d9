"""Runs beside the answer: a long descent."""

from types import ModuleType
from typing import Any

from torch import Tensor

from dojo.learner.room import many


def many_epochs(subject: ModuleType, x: Tensor, y: Tensor, lr: float) -> tuple[Any, int]:
    """A descent of more epochs than calls fit inside one another, and how many these were."""
    return many(lambda epochs: subject.fit_scaled(x.clone(), y.clone(), lr, epochs))
