# first: noise-shared
"""Each point has one draw for both of its coordinates."""

import math
import torch
from jaxtyping import Float
from torch import Tensor


def moons(n: int, noise: float, gen: torch.Generator) -> tuple[Float[Tensor, 'n 2'], Float[Tensor, 'n 1']]:
    points, labels = [], []
    for i in range(n):
        lower = i % 2
        t = torch.rand((), generator=gen).item() * math.pi
        e = torch.randn((), generator=gen).item() * noise
        if lower:
            points.append([1 - math.cos(t) + e, 0.5 - math.sin(t) + e])
        else:
            points.append([math.cos(t) + e, math.sin(t) + e])
        labels.append([float(lower)])
    return torch.tensor(points), torch.tensor(labels)
