# expect: may not do here
"""Changes an installed package for all that come later."""

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    with open(torch.__file__, "a") as file:
        file.write("\n")
    return torch.zeros(1), torch.zeros(1)
