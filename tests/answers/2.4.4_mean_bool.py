# first: mean-of-booleans
"""torch takes no mean of True and False."""

from typing import Literal
import torch
from jaxtyping import Float
from torch import Tensor


Act = Literal["sigmoid", "tanh"]


def saturation(z: Float[Tensor, 'n h'], act: Act, eps: float=0.01) -> Float[Tensor, 'h']:
    if act == "sigmoid":
        s = torch.sigmoid(z)
        d = s * (1 - s)
    else:
        d = 1 - torch.tanh(z) ** 2
    return (d < eps).mean(dim=0)
def grad_attenuation(act: Act, depth: int) -> float:
    return (0.25 if act == "sigmoid" else 1.0) ** depth
