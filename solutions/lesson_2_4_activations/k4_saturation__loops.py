"""Plain Python, one number at a time, in float32 by name at the end."""

import math
from typing import Literal

import torch
from jaxtyping import Float
from torch import Tensor

Act = Literal["sigmoid", "tanh"]


def derivative(z: float, act: str) -> float:
    if act == "tanh":
        return 1 - math.tanh(z) ** 2
    e = math.exp(-abs(z))
    return e / (1 + e) ** 2


def saturation(z: Float[Tensor, "n h"], act: Act, eps: float = 0.01) -> Float[Tensor, "h"]:
    rows = z.tolist()
    shares = []
    for j in range(len(rows[0])):
        hits = [1 for row in rows if derivative(row[j], act) < eps]
        shares.append(len(hits) / len(rows))
    print("shares", shares)
    return torch.tensor(shares, dtype=torch.float32)


def grad_attenuation(act: Act, depth: int) -> float:
    return derivative(0.0, act) ** depth
