# first: plain-list
"""A list comes back."""

from collections.abc import Callable
import torch
from jaxtyping import Float
from torch import Tensor


def numeric_grad(f: Callable[[Float[Tensor, 'n']], Float[Tensor, '']], x: Float[Tensor, 'n'], h: float=1e-05) -> Float[Tensor, 'n']:
    def slope(i: int) -> float:
        step = torch.zeros_like(x)
        step[i] = h
        return float(f(x + step) - f(x - step)) / (2 * h)
    answers = [slope(i) for i in range(x.numel())]
    print(answers)
    return answers
