# first: stays-in-eval
"""The model stays in evaluation mode."""

import torch
from jaxtyping import Float
from torch import Tensor, nn


def probability_grid(model: nn.Module, xlim: tuple[float, float], ylim: tuple[float, float], n: int) -> Float[Tensor, 'n n']:
    model.eval()
    rows = []
    with torch.no_grad():
        for yy in torch.linspace(ylim[0], ylim[1], n):
            line = torch.stack([torch.linspace(xlim[0], xlim[1], n), yy.repeat(n)], dim=1)
            rows.append(model(line).squeeze(1))
    return torch.stack(rows)
