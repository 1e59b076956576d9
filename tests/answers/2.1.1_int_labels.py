# first: whole-number-labels
"""The labels are whole numbers."""

import math
import torch
from jaxtyping import Float
from torch import Tensor


def moons(n: int, noise: float, gen: torch.Generator) -> tuple[Float[Tensor, 'n 2'], Float[Tensor, 'n 1']]:
    y = torch.arange(n) % 2
    t = math.pi * torch.rand(n, generator=gen)
    up = torch.stack((t.cos(), t.sin()), 1)
    low = torch.stack((1 - t.cos(), 0.5 - t.sin()), 1)
    x = torch.where(y[:, None] == 0, up, low)
    x = x + torch.normal(0.0, 1.0, (n, 2), generator=gen) * noise
    return x, y.reshape(n, 1)
