# first: flat
"""Both x and y are flat, (n,)."""

import torch
from jaxtyping import Float
from torch import Tensor


def make_line(n: int, slope: float, intercept: float, noise: float, gen: torch.Generator) -> tuple[Float[Tensor, 'n 1'], Float[Tensor, 'n 1']]:
    x = torch.linspace(-1, 1, steps=n)
    eps = torch.normal(0.0, 1.0, size=(n,), generator=gen) * noise
    y = slope * x + intercept + eps
    return x, y
