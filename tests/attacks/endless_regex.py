# expect: had not finished
"""A regular expression that holds the interpreter's lock for years."""

import re

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    re.match(r"(a+)+$", "a" * 60 + "b")
    return torch.zeros(1), torch.zeros(1)
