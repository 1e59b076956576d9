# first: zero-anywhere
"""The place of zero is not looked at."""

from collections.abc import Sequence
from typing import Literal


Call = Literal["zero", "forward", "loss", "backward", "step"]


def applies_own_gradient(order: Sequence[Call]) -> bool:
    wanted = ["forward", "loss", "backward", "step"]
    rest = [word for word in order if word != "zero"]
    if rest == wanted:
        return True
    else:
        return False
