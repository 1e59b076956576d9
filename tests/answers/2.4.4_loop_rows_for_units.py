# first: wrong-axis
"""One number for each example instead of each unit."""

from typing import Literal
import torch
from jaxtyping import Float
from torch import Tensor


Act = Literal["sigmoid", "tanh"]


def saturation(z: Float[Tensor, 'n h'], act: Act, eps: float=0.01) -> Float[Tensor, 'h']:
    result = []
    for row in z:
        t = torch.tanh(row) if act == "tanh" else torch.sigmoid(row)
        slope = 1 - t * t if act == "tanh" else t - t * t
        result.append((slope < eps).double().mean())
    return torch.stack(result)
def grad_attenuation(act: Act, depth: int) -> float:
    best = {"sigmoid": 0.25, "tanh": 1.0}
    return best[act] ** depth
