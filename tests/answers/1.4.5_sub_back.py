# first: taken-back
"""Each step is taken back by subtraction."""

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
    with torch.no_grad():
        for a in alphas:
            for p,d in zip(model.parameters(),direction): p.add_(a*d)
            res.append(loss())
            for p,d in zip(model.parameters(),direction): p.sub_(a*d)
    return torch.stack(res)
