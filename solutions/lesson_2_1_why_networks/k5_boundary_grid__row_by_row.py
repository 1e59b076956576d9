import torch
from jaxtyping import Float
from torch import Tensor, nn


@torch.no_grad()
def probability_grid(
    model: nn.Module, xlim: tuple[float, float], ylim: tuple[float, float], n: int
) -> Float[Tensor, "n n"]:
    mode = model.training
    model.train(False)
    rows = []
    columns = torch.linspace(xlim[0], xlim[1], n)
    for y in torch.linspace(ylim[0], ylim[1], n):
        points = torch.column_stack([columns, y.expand(n)])
        rows.append(model(points)[:, 0])
    model.train(mode)
    return torch.stack(rows)
