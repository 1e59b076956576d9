# expect: derivative
"""Gives a tuple that shows other items each time."""

import torch
from jaxtyping import Float
from torch import Tensor


class Changing(tuple):
    def __iter__(self):
        while True:
            yield torch.zeros(1)

    def __len__(self) -> int:
        return 2

    def __getitem__(self, index):
        return torch.ones(1)


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    return Changing((torch.zeros(1), torch.zeros(1)))
