# first: order-changed
"""Removes a word from the caller's list."""

from collections.abc import Sequence
from typing import Literal


Call = Literal["zero", "forward", "loss", "backward", "step"]


def applies_own_gradient(order: Sequence[Call]) -> bool:
    z = order.index("zero")
    lost = order.index("backward") < z < order.index("step")
    order.remove("zero")
    return not lost and order == ["forward", "loss", "backward", "step"]
