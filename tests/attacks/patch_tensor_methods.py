# expect: disturbed the connection | stopped with
"""Changes what tensors tell of themselves."""

import torch
from jaxtyping import Float
from torch import Tensor

torch.Tensor.numpy = lambda self, **kwargs: [0.0]
torch.Tensor.tolist = lambda self: [0.0]
torch.Tensor.detach = lambda self: torch.zeros(1)


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    return torch.zeros(1), torch.zeros(1)
