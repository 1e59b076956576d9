# expect: may not do here
"""Opens its own memory as a file."""

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    with open("/proc/self/mem", "r+b") as file:
        file.write(b"x")
    return torch.zeros(1), torch.zeros(1)
