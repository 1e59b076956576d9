# first: sigmoid-half
"""Takes sigmoid's value at zero for its slope."""

from typing import Literal
import torch
from jaxtyping import Float
from torch import Tensor


Act = Literal["sigmoid", "tanh"]


def saturation(z: Float[Tensor, 'n h'], act: Act, eps: float=0.01) -> Float[Tensor, 'h']:
    a = torch.sigmoid(z) if act == "sigmoid" else torch.tanh(z)
    slope = a * (1 - a) if act == "sigmoid" else 1 - a.square()
    return torch.where(slope < eps, 1.0, 0.0).mean(0)
def grad_attenuation(act: Act, depth: int) -> float:
    factor = 1.0
    for _ in range(depth):
        factor *= 0.5 if act == "sigmoid" else 1.0
    return factor
