# first: full-circle
"""The angles go to 2 pi: full circles."""

import math
import torch
from jaxtyping import Float
from torch import Tensor


def moons(n: int, noise: float, gen: torch.Generator) -> tuple[Float[Tensor, 'n 2'], Float[Tensor, 'n 1']]:
    half = (n + 1) // 2
    rest = n - half
    a = 2 * math.pi * torch.rand(half, generator=gen)
    b = 2 * math.pi * torch.rand(rest, generator=gen)
    x = torch.zeros(n, 2)
    x[:half, 0], x[:half, 1] = a.cos(), a.sin()
    x[half:, 0], x[half:, 1] = 1 + b.cos(), 0.5 - b.sin()
    y = torch.zeros(n, 1)
    y[half:] = 1.0
    return x + noise * torch.randn(n, 2, generator=gen), y
