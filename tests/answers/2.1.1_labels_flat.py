# first: flat-labels
"""The labels are flat, (n,)."""

import math
import torch
from jaxtyping import Float
from torch import Tensor


def moons(n: int, noise: float, gen: torch.Generator) -> tuple[Float[Tensor, 'n 2'], Float[Tensor, 'n 1']]:
    n_up = n // 2
    n_low = n - n_up
    t1 = torch.linspace(0, math.pi, n_up)
    t2 = torch.linspace(0, math.pi, n_low)
    upper = torch.stack([torch.cos(t1), torch.sin(t1)], dim=1)
    lower = torch.stack([1 - torch.cos(t2), 0.5 - torch.sin(t2)], dim=1)
    x = torch.cat([upper, lower]) + noise * torch.randn(n, 2, generator=gen)
    y = torch.cat([torch.zeros(n_up), torch.ones(n_low)])
    return x, y
