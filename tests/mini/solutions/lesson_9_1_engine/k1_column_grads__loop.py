import torch
from jaxtyping import Float
from torch import Tensor


def column_grads(x: Float[Tensor, "n d"], w: Float[Tensor, "d"]) -> Float[Tensor, "d"]:
    total = torch.zeros_like(w)
    for row in x:
        print("row", row)
        total += 2 * (row * w).sum() * row
    return total / len(x)
