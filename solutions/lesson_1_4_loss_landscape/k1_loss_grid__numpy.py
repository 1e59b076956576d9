import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor


def mean_squared_error(predictions, targets):
    return float(np.mean(np.square(predictions - targets)))


def loss_grid(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    ws: Float[Tensor, "i"],
    bs: Float[Tensor, "j"],
) -> Float[Tensor, "i j"]:
    xs, targets = x.numpy().ravel(), y.numpy().ravel()
    table = []
    for slope in ws.tolist():
        table.append([mean_squared_error(slope * xs + c, targets) for c in bs.tolist()])
    return torch.tensor(table)
