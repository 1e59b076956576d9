"""The rows of an identity matrix are the directions; the mean of both one-sided slopes."""

from collections.abc import Callable

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor


def _slope(f: Callable[[Tensor], Tensor], x: Tensor, direction: Tensor, h: float) -> float:
    here = float(f(x))
    ahead = float(f(torch.add(x, direction, alpha=h)))
    behind = float(f(torch.sub(x, direction, alpha=h)))
    return ((ahead - here) / h + (here - behind) / h) / 2


def numeric_grad(
    f: Callable[[Float[Tensor, "n"]], Float[Tensor, ""]],
    x: Float[Tensor, "n"],
    h: float = 1e-5,
) -> Float[Tensor, "n"]:
    start = x.clone().to(torch.float64)
    rows = torch.eye(start.shape[0], dtype=torch.float64)
    return torch.from_numpy(np.array([_slope(f, start, row, h) for row in rows]))
