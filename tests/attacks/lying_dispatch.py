# expect: derivative | stopped with
"""Gives a tensor that lies below torch's own operations."""

import torch
from jaxtyping import Float
from torch import Tensor


class Wrapper(Tensor):
    @staticmethod
    def __new__(cls, data: Tensor) -> "Wrapper":
        return Tensor._make_wrapper_subclass(cls, data.shape, dtype=data.dtype)

    @classmethod
    def __torch_dispatch__(cls, func, types, args=(), kwargs=None):
        return torch.zeros(1)


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    return Wrapper(torch.zeros(1)), Wrapper(torch.zeros(1))
