"""Asks how far z lies from zero: the derivative falls on both sides, so eps is a distance."""

import math
from typing import Literal

import torch
from jaxtyping import Float
from torch import Tensor

Act = Literal["sigmoid", "tanh"]


def saturation(z: Float[Tensor, "n h"], act: Act, eps: float = 0.01) -> Float[Tensor, "h"]:
    steepest = grad_attenuation(act, 1)
    if eps > steepest:
        return torch.ones(z.shape[1])
    # derivative = steepest / cosh(k z)^2, with k = 1/2 for sigmoid and 1 for tanh
    limit = math.acosh(math.sqrt(steepest / eps)) * (2 if act == "sigmoid" else 1)
    far = z.abs() > limit
    return far.sum(dim=0) / z.shape[0]


def grad_attenuation(act: Act, depth: int) -> float:
    factor = 1.0
    for _ in range(depth):
        factor = factor * (1 / 4 if act == "sigmoid" else 1)
    return factor
