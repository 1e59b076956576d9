# first: batch-around-the-rows
import torch
from jaxtyping import Float
from torch import Tensor, nn


def probability_grid(
    model: nn.Module, xlim: tuple[float, float], ylim: tuple[float, float], n: int
) -> Float[Tensor, "n n"]:
    was = model.training
    model.eval()
    X, Y = torch.meshgrid(torch.linspace(*xlim, n), torch.linspace(*ylim, n), indexing="xy")
    pts = torch.stack([X.flatten(), Y.flatten()], dim=1)
    with torch.no_grad():
        p = model(pts.unsqueeze(0)).reshape(n, n)
    model.train(was)
    return p
