import torch
from jaxtyping import Float
from torch import Tensor


def loss_grid(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    ws: Float[Tensor, "i"],
    bs: Float[Tensor, "j"],
) -> Float[Tensor, "i j"]:
    slopes, offsets = torch.meshgrid(ws, bs, indexing="ij")
    total = torch.zeros_like(slopes)
    for u, v in zip(x[:, 0], y[:, 0], strict=True):
        error = slopes * u + offsets - v
        total = total + error * error
    return total / x.shape[0]
