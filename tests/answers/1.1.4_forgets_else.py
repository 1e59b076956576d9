# first: none-for-false
"""Nothing is returned for the wrong orders."""

from collections.abc import Sequence
from typing import Literal


Call = Literal["zero", "forward", "loss", "backward", "step"]


def applies_own_gradient(order: Sequence[Call]) -> bool:
    at = {call: place for place, call in enumerate(order)}
    if at["forward"] < at["loss"] < at["backward"] < at["step"]:
        if not at["backward"] < at["zero"] < at["step"]:
            return True
