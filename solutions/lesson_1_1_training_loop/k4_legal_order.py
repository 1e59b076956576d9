"""Which orders of the five calls of a training loop are right?"""

from collections.abc import Sequence
from typing import Literal

Call = Literal["zero", "forward", "loss", "backward", "step"]


def applies_own_gradient(order: Sequence[Call]) -> bool:
    """Say whether a loop with this order takes each step by its own epoch's gradient, and no other.

    The order is repeated epoch after epoch, from its first call to its last:

    - "forward" makes predictions with the parameters as they are now.
    - "loss" compares the latest predictions with the targets.
    - "backward" adds the gradient of the latest loss to what the gradient buffers hold.
    - "step" moves the parameters by what the buffers hold, and leaves the buffers as they are.
    - "zero" empties the buffers. They are empty before the first epoch too.

    True means: in every epoch, "step" uses the gradient of a loss that was computed in the same
    epoch, from predictions that were made in the same epoch, and nothing else is in the buffers.
    ``order`` is a list that holds each of the five words once; it stays as it was.
    """
    # --- yours
    place = {call: order.index(call) for call in order}
    in_order = place["forward"] < place["loss"] < place["backward"] < place["step"]
    emptied_too_early = place["backward"] < place["zero"] < place["step"]
    return in_order and not emptied_too_early
    # --- end
