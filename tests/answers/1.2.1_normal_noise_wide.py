# first: noise-makes-a-square
"""Flat noise is added to a column, so y is a square."""

import torch
from jaxtyping import Float
from torch import Tensor


def make_line(n: int, slope: float, intercept: float, noise: float, gen: torch.Generator) -> tuple[Float[Tensor, 'n 1'], Float[Tensor, 'n 1']]:
    x = torch.linspace(-1, 1, n)[:, None]
    y = slope * x + intercept
    if noise > 0:
        y = y + noise * torch.randn(n, generator=gen)
    return x, y
