# first: wrong-kind
# says: should be a bool, but it is the string 'yes'
"""A word comes back, not True or False."""

from collections.abc import Sequence
from typing import Literal


Call = Literal["zero", "forward", "loss", "backward", "step"]


def applies_own_gradient(order: Sequence[Call]) -> bool:
    place = {c: i for i, c in enumerate(order)}
    good = place["forward"] < place["loss"] < place["backward"] < place["step"]
    if good and not place["backward"] < place["zero"] < place["step"]:
        return "yes"
    return "no"
