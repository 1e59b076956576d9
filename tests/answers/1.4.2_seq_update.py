# first: w-first
"""b looks at the w that has moved already."""

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
    w,b=start[0].clone(),start[1].clone(); out=[[w.item(),b.item()]]
    for _ in range(steps):
        w=w-lr*(2*(x*w+b-y)*x).mean()
        b=b-lr*(2*(x*w+b-y)).mean()
        out.append([w.item(),b.item()])
    return torch.tensor(out)
