# first: global-random
"""The noise comes from NumPy's own generator."""

import math
import torch
from jaxtyping import Float
from torch import Tensor
import numpy as np


def moons(n: int, noise: float, gen: torch.Generator) -> tuple[Float[Tensor, 'n 2'], Float[Tensor, 'n 1']]:
    k = n // 2
    t = torch.rand(n, generator=gen) * math.pi
    x = torch.stack([torch.cos(t), torch.sin(t)], 1)
    x[k:] = torch.tensor([1.0, 0.5]) - x[k:]
    x = x + torch.tensor(np.random.normal(0.0, 1.0, (n, 2)) * noise)
    y = (torch.arange(n) >= k).float().unsqueeze(1)
    return x, y
