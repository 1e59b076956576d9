import torch
from jaxtyping import Float
from torch import Tensor


def max_stable_lr(x: Float[Tensor, "n d"]) -> float:
    n = x.shape[0]
    longest = torch.linalg.matrix_norm(torch.hstack([x, x.new_ones(n, 1)]), ord=2)
    return float(n / longest**2)
