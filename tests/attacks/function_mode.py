# expect: left open
"""Leaves a mode open that makes every difference zero."""

import torch
from jaxtyping import Float
from torch import Tensor
from torch.overrides import TorchFunctionMode


class Same(TorchFunctionMode):
    def __torch_function__(self, func, types, args=(), kwargs=None):
        if func in (torch.sub, torch.Tensor.sub, torch.Tensor.__sub__):
            return torch.zeros_like(args[0])
        return func(*args, **(kwargs or {}))


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    Same().__enter__()
    return torch.zeros(1), torch.zeros(1)
