from collections.abc import Sequence
from typing import Literal

Call = Literal["zero", "forward", "loss", "backward", "step"]


def applies_own_gradient(order: Sequence[Call]) -> bool:
    # play three epochs, and remember where everything comes from
    prediction = loss = None
    buffers = []
    for epoch in range(3):
        for call in order:
            match call:
                case "zero":
                    buffers = []
                case "forward":
                    prediction = epoch
                case "loss":
                    loss = (prediction, epoch)
                case "backward":
                    buffers.append((loss, epoch))
                case "step":
                    if buffers != [((epoch, epoch), epoch)]:
                        return False
    return True
