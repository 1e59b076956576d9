# expect: None
"""Hides that it raised an exception."""

import sys

import torch
from jaxtyping import Float
from torch import Tensor

sys.modules["dojo.learner.server"].Server._describe = lambda self, error: None


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    raise ValueError("hidden")
    return torch.zeros(1), torch.zeros(1)
