from collections.abc import Sequence
from typing import Literal

Call = Literal["zero", "forward", "loss", "backward", "step"]

GOOD = {
    "zero forward loss backward step",
    "forward zero loss backward step",
    "forward loss zero backward step",
    "forward loss backward step zero",
}


def applies_own_gradient(order: Sequence[Call]) -> bool:
    return " ".join(order) in GOOD
