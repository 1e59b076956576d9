# first: transposed
"""The rows follow x."""

import torch
from jaxtyping import Float
from torch import Tensor, nn


def probability_grid(model: nn.Module, xlim: tuple[float, float], ylim: tuple[float, float], n: int) -> Float[Tensor, 'n n']:
    xs = torch.linspace(xlim[0], xlim[1], n)
    ys = torch.linspace(ylim[0], ylim[1], n)
    a, b = torch.meshgrid(xs, ys, indexing="ij")
    points = torch.stack([a.reshape(-1), b.reshape(-1)], dim=-1)
    was = model.training
    model.eval()
    with torch.no_grad():
        out = model(points)
    model.train(was)
    return out.view(n, n)
