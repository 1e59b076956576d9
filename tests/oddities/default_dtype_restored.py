"""Changes the default dtype and puts it back."""

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    try:
        residual = x * w + b - y
        return 2 * (residual * x).mean(dim=0), 2 * residual.mean(dim=0)
    finally:
        torch.set_default_dtype(before)
