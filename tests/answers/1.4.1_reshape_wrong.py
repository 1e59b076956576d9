# first: reshaped
"""The losses are collected column by column and dealt out row by row."""

import torch
from jaxtyping import Float
from torch import Tensor

def loss_grid(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    ws: Float[Tensor, "i"],
    bs: Float[Tensor, "j"],
) -> Float[Tensor, "i j"]:
    out=[]
    for b in bs:
        for w in ws:
            out.append(((w*x+b-y)**2).mean())
    return torch.stack(out).reshape(len(ws),len(bs))
