# first: turned
"""meshgrid lays the slopes along the columns."""

import torch
from jaxtyping import Float
from torch import Tensor

def loss_grid(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    ws: Float[Tensor, "i"],
    bs: Float[Tensor, "j"],
) -> Float[Tensor, "i j"]:
    W,B=torch.meshgrid(ws,bs,indexing="xy")
    return ((W[...,None]*x[:,0]+B[...,None]-y[:,0])**2).mean(-1)
