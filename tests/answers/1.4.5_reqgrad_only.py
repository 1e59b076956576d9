# first: frozen-left-out
"""Only what can be trained is moved."""

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
    ps=list(model.parameters()); o=[p.detach().clone() for p in ps]
    vs=[]
    with torch.no_grad():
        for a in alphas:
            for p,q,d in zip(ps,o,direction):
                if p.requires_grad: p.copy_(q+a*d)
            vs.append(loss().item())
        for p,q in zip(ps,o): p.copy_(q)
    return torch.tensor(vs)
