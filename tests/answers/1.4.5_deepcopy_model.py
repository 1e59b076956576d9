# first: loss-once
"""A copy is moved, and the loss knows nothing of it."""

import copy
from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor, nn

def loss_along(
    model: nn.Module,
    loss: Callable[[], Tensor],
    direction: list[Tensor],
    alphas: Float[Tensor, "k"],
) -> Float[Tensor, "k"]:
    res=[]
    for a in alphas:
        m=copy.deepcopy(model)
        for p,d in zip(m.parameters(),direction): p.data+=a*d
        res.append(loss().detach())
    return torch.stack(res)
