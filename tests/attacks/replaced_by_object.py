# expect: should be a tensor
"""Replaces the function by an object that can be called."""
# ruff: noqa

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    return torch.zeros(1), torch.zeros(1)


class Callable:
    def __call__(self, *args: object) -> object:
        return Callable(), Callable()

    def __getattr__(self, name: str) -> object:
        return self


line_grads = Callable()
