# expect: had not finished
"""Gives a tensor that never answers a question."""

import torch
from jaxtyping import Float
from torch import Tensor


class Slow(Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        while True:
            pass


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    return torch.zeros(1).as_subclass(Slow), torch.zeros(1)
