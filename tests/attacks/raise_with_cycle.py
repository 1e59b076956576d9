# expect: ValueError
"""Raises an exception that is its own cause."""

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    error = ValueError("round")
    error.__cause__ = error.__context__ = error
    raise error
    return torch.zeros(1), torch.zeros(1)
