import torch
from jaxtyping import Float
from torch import Tensor


def loss_grid(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    ws: Float[Tensor, "i"],
    bs: Float[Tensor, "j"],
) -> Float[Tensor, "i j"]:
    losses = torch.zeros(len(ws), len(bs))
    for row, w in enumerate(ws):
        for column, b in enumerate(bs):
            losses[row, column] = torch.mean((x * w + b - y) ** 2)
    return losses
