# first: one-place-for-zero
"""One single order is taken for right."""

from collections.abc import Sequence
from typing import Literal


Call = Literal["zero", "forward", "loss", "backward", "step"]


GOOD = ("zero", "forward", "loss", "backward", "step")
def applies_own_gradient(order: Sequence[Call]) -> bool:
    for i, word in enumerate(GOOD):
        if order[i] != word:
            return False
    return True
