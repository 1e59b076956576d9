# first: still-recording
"""The places hang together in one long graph."""

import torch
from jaxtyping import Float
from torch import Tensor

def descent_path(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    start: Float[Tensor, "2"],
    lr: float,
    steps: int,
) -> Float[Tensor, "steps+1 2"]:
    p=start.clone().requires_grad_(); out=[p]
    for _ in range(steps):
        loss=((x*p[0]+p[1]-y)**2).mean()
        g,=torch.autograd.grad(loss,p)
        p=p-lr*g
        out.append(p)
    return torch.stack(out)
