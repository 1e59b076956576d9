# expect: derivative
"""Puts other modules in the place of torch, pytest and the standard library."""

import sys
import types

import torch
from jaxtyping import Float
from torch import Tensor

for name in ("torch", "numpy", "pytest", "json", "struct", "math", "dojo.suite.vocabulary"):
    sys.modules[name] = types.SimpleNamespace(__name__=name)


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    return torch.zeros(1), torch.zeros(1)
