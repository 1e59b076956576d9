# first: noise-as-variance
"""Takes noise for the variance."""

import torch
from jaxtyping import Float
from torch import Tensor
import math


def make_line(n: int, slope: float, intercept: float, noise: float, gen: torch.Generator) -> tuple[Float[Tensor, 'n 1'], Float[Tensor, 'n 1']]:
    grid = torch.tensor([[-1 + 2 * i / (n - 1)] for i in range(n)])
    sigma = math.sqrt(noise)
    line = slope * grid + intercept
    return grid, line + sigma * torch.randn(line.shape, generator=gen)
