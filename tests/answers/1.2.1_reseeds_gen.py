# first: starts-over
"""Every call begins anew with the seed of gen."""

import torch
from jaxtyping import Float
from torch import Tensor


def make_line(n: int, slope: float, intercept: float, noise: float, gen: torch.Generator) -> tuple[Float[Tensor, 'n 1'], Float[Tensor, 'n 1']]:
    gen.manual_seed(gen.initial_seed())
    x = torch.linspace(-1.0, 1.0, n).reshape(n, 1)
    e = torch.randn(n, 1, generator=gen)
    return x, x * slope + intercept + e * noise
