# first: grid-from-zero
"""The grid begins at 0."""

import torch
from jaxtyping import Float
from torch import Tensor


def make_line(n: int, slope: float, intercept: float, noise: float, gen: torch.Generator) -> tuple[Float[Tensor, 'n 1'], Float[Tensor, 'n 1']]:
    x = torch.arange(n).reshape(n, 1) / (n - 1)
    e = torch.randn(n, 1, generator=gen) * noise
    y = e + slope * x + intercept
    return x, y
