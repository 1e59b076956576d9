import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor


def make_line(
    n: int, slope: float, intercept: float, noise: float, gen: torch.Generator
) -> tuple[Float[Tensor, "n 1"], Float[Tensor, "n 1"]]:
    """Columns of one table, so neither result is contiguous."""
    table = torch.zeros(n, 2)
    table[:, 0] = torch.from_numpy(np.linspace(-1, 1, n))
    table[:, 1] = torch.einsum(
        "ij,j->i",
        torch.stack([table[:, 0], torch.ones(n)], dim=1),
        torch.tensor([slope, intercept]),
    )
    table[:, 1] += torch.normal(mean=0.0, std=noise, size=(n,), generator=gen)
    return table[:, :1], table[:, 1:]
