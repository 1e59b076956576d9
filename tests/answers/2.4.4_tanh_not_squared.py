# first: tanh-not-squared
"""The slope of tanh lacks its square."""

from typing import Literal
import torch
from jaxtyping import Float
from torch import Tensor


Act = Literal["sigmoid", "tanh"]


def saturation(z: Float[Tensor, 'n h'], act: Act, eps: float=0.01) -> Float[Tensor, 'h']:
    if act == "sigmoid":
        a = 1 / (1 + torch.exp(-z))
        slopes = a * (1 - a)
    else:
        slopes = 1 - torch.tanh(z)
    return (slopes < eps).to(z.dtype).mean(dim=0)
def grad_attenuation(act: Act, depth: int) -> float:
    return {"sigmoid": 1 / 4, "tanh": 1.0}[act] ** depth
