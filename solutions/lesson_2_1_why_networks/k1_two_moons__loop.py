import math

import torch
from jaxtyping import Float
from torch import Tensor


def moons(
    n: int, noise: float, gen: torch.Generator
) -> tuple[Float[Tensor, "n 2"], Float[Tensor, "n 1"]]:
    angles = torch.rand(n, generator=gen).tolist()
    wobble = torch.randn(n, 2, generator=gen).tolist()
    points, labels = [], []
    for i in range(n):
        # every second point belongs to the lower moon
        label = i % 2
        a = angles[i] * math.pi
        px, py = math.cos(a), math.sin(a)
        if label == 1:
            px, py = 1 - px, 0.5 - py
        points.append([px + noise * wobble[i][0], py + noise * wobble[i][1]])
        labels.append([float(label)])
    return torch.tensor(points), torch.tensor(labels)
