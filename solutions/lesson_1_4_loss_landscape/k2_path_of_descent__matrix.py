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
    design = torch.hstack((x, torch.ones_like(x)))
    turn = torch.eye(2, dtype=x.dtype) - lr * (2 / len(x)) * design.T @ design
    push = lr * (2 / len(x)) * (design.T @ y)[:, 0]
    rows = [start.reshape(1, 2)]
    for _ in range(steps):
        rows.append((turn @ rows[-1][0] + push)[None])
    return torch.cat(rows)
