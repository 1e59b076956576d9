# first: recording
"""The result keeps its record."""

import torch
from jaxtyping import Float
from torch import Tensor, nn


def probability_grid(model: nn.Module, xlim: tuple[float, float], ylim: tuple[float, float], n: int) -> Float[Tensor, 'n n']:
    mode = model.training
    model.train(False)
    gx = torch.linspace(*xlim, n).repeat(n)
    gy = torch.linspace(*ylim, n).repeat_interleave(n)
    p = model(torch.column_stack([gx, gy])).reshape(n, n)
    model.train(mode)
    return p
