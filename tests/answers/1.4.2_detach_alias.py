# first: one-tensor
"""detach() makes no copy, so the kept places move along."""

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
    p=start.clone().requires_grad_(); out=[start.clone()]
    for _ in range(steps):
        loss=((x*p[0]+p[1]-y)**2).mean()
        loss.backward()
        with torch.no_grad():
            p-=lr*p.grad
            p.grad=None
        out.append(p.detach())
    return torch.stack(out)
