# first: caller-moved
"""The two numbers of the caller's start are updated one by one."""

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
    out=[start.clone()]
    for _ in range(steps):
        r=x*start[0]+start[1]-y
        start[0]-=lr*(2*r*x).mean()
        start[1]-=lr*(2*r).mean()
        out.append(start.clone())
    return torch.stack(out)
