import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor, nn


def probability_grid(
    model: nn.Module, xlim: tuple[float, float], ylim: tuple[float, float], n: int
) -> Float[Tensor, "n n"]:
    xx, yy = np.meshgrid(np.linspace(*xlim, n), np.linspace(*ylim, n))
    pts = torch.tensor(np.c_[xx.ravel(), yy.ravel()], dtype=torch.float32)
    before = model.training
    try:
        model.eval()
        p = model(pts)
    finally:
        if before:
            model.train()
    return p.detach().view(n, n)
