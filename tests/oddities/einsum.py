"""Computes by einsum."""

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    r = x * w + b - y
    return torch.einsum("ni,ni->i", r, x) * 2 / len(x), torch.einsum("ni->i", r) * 2 / len(x)
