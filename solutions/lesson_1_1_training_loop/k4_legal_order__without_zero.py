from collections.abc import Sequence
from typing import Literal

Call = Literal["zero", "forward", "loss", "backward", "step"]


def applies_own_gradient(order: Sequence[Call]) -> bool:
    rest = [c for c in order if c != "zero"]
    if rest != ["forward", "loss", "backward", "step"]:
        return False
    # in a loop, the last call is followed by the first one
    before_step = order[order.index("step") - 1]
    return before_step != "zero"
