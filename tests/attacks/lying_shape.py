# expect: has shape
"""Gives a tensor that lies about its shape."""

import torch
from jaxtyping import Float
from torch import Tensor


class Shaped(Tensor):
    @property
    def shape(self) -> torch.Size:
        return torch.Size([1])

    def size(self, *args: object) -> torch.Size:
        return torch.Size([1])

    def numel(self) -> int:
        return 1


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    return torch.zeros(5).as_subclass(Shaped), torch.zeros(5).as_subclass(Shaped)
