# first: times-depth
import math
from typing import Literal
import torch
from jaxtyping import Float
from torch import Tensor
Act = Literal["sigmoid", "tanh"]


def saturation(z: Float[Tensor, "n h"], act: Act, eps: float = 0.01) -> Float[Tensor, "h"]:
    if act == "tanh":
        d = 1 - torch.tanh(z) ** 2
    else:
        d = torch.sigmoid(z) * (1 - torch.sigmoid(z))
    return (d < eps).float().mean(dim=0)
def grad_attenuation(act: Act, depth: int) -> float:
    return 0.25 * depth if act == "sigmoid" else 1.0
