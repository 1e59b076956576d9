# expect: should be a tensor
"""Gives an object that is equal to everything."""

import torch
from jaxtyping import Float
from torch import Tensor


class Yes:
    shape = (1,)
    dtype = torch.float64

    def __eq__(self, other: object) -> bool:
        return True

    def __getattr__(self, name: str) -> object:
        return lambda *args, **kwargs: self

    def __sub__(self, other: object) -> float:
        return 0.0

    __rsub__ = __sub__
    __hash__ = object.__hash__


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    return Yes(), Yes()
