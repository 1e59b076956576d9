import math

import torch
from jaxtyping import Float
from torch import Tensor


def mse(pred: Float[Tensor, "*b"], target: Float[Tensor, "*b"]) -> Float[Tensor, ""]:
    if pred.shape == target.shape:
        total = torch.zeros(())
        count = math.prod(pred.shape)
        for a, b in zip(pred.reshape(-1), target.reshape(-1)):
            total = total + (a - b) ** 2 / count
        return total
    else:
        raise ValueError(f"cannot compare {pred.shape} with {target.shape}")
