# expect: derivative
"""Changes its result after it was returned."""

import threading
import time

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    result = torch.zeros(1)

    def change() -> None:
        time.sleep(0.001)
        while True:
            result.add_(1)

    threading.Thread(target=change, daemon=True).start()
    return result, result
