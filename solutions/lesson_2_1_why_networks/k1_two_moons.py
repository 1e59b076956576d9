"""Two moons: data that no straight line can separate.

The upper moon is the upper half of the circle with radius 1 around (0, 0), the lower moon the
lower half of the circle with radius 1 around (1, 0.5). Each reaches into the other's bow.
"""

import math

import torch
from jaxtyping import Float
from torch import Tensor


def moons(
    n: int, noise: float, gen: torch.Generator
) -> tuple[Float[Tensor, "n 2"], Float[Tensor, "n 1"]]:
    """Return ``n`` points (2 or more) on two half circles, and the moon that each belongs to.

    - x holds one point a row. With noise 0 each lies exactly on its half circle, and the points
      spread evenly over all of it: in even steps of the angle, or at angles drawn evenly.
    - y holds floating numbers: 0.0 for a point of the upper moon, 1.0 for one of the lower.
    - Both moons have the same number of points; if n is odd, one of them has one more.
    - noise is the standard deviation of normal noise that is added on top. Each coordinate of
      each point has a draw of its own.
    - All random numbers are drawn from gen; the same state of gen gives the same data.
    - The rows may stand in any order, as long as x and y agree.
    """
    # --- yours
    upper = (n + 1) // 2
    lower = n - upper
    t = math.pi * torch.rand(upper, generator=gen)
    s = math.pi * torch.rand(lower, generator=gen)
    first = torch.stack([torch.cos(t), torch.sin(t)], dim=1)
    second = torch.stack([1 - torch.cos(s), 0.5 - torch.sin(s)], dim=1)
    x = torch.cat([first, second])
    x = x + noise * torch.randn(n, 2, generator=gen)
    y = torch.cat([torch.zeros(upper, 1), torch.ones(lower, 1)])
    return x, y
    # --- end
