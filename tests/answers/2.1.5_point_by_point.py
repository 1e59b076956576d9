# first: end-missing
"""The step is a share of n, not of n - 1: the grid stops before its upper limits."""

import torch
from jaxtyping import Float
from torch import Tensor, nn


def probability_grid(model: nn.Module, xlim: tuple[float, float], ylim: tuple[float, float], n: int) -> Float[Tensor, 'n n']:
    was = model.training
    model.eval()
    grid = torch.zeros(n, n)
    dx = (xlim[1] - xlim[0]) / n
    dy = (ylim[1] - ylim[0]) / n
    with torch.no_grad():
        for i in range(n):
            for j in range(n):
                p = torch.tensor([[xlim[0] + j * dx, ylim[0] + i * dy]])
                grid[i, j] = model(p).item()
    model.train(was)
    return grid
