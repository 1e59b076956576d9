# expect: crashed
"""Calls itself for ever without Python's own limit."""
# ruff: noqa

import sys

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    sys.setrecursionlimit(2**31 - 1)
    go = lambda f: f(f)
    go(lambda f: max([0], key=lambda _: f(f)))
    return torch.zeros(1), torch.zeros(1)
