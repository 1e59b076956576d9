# first: tensor-of-bool
"""The answer is still a tensor."""

from collections.abc import Callable
import torch
from jaxtyping import Float
from torch import Tensor


def gradient_is_right(f: Callable[[Float[Tensor, 'n']], Float[Tensor, '']], x: Float[Tensor, 'n'], claimed: Float[Tensor, 'n']) -> bool:
    h = 1e-5
    g = torch.zeros_like(x)
    for i in range(x.shape[0]):
        up, down = x.clone(), x.clone()
        up[i] += h
        down[i] -= h
        g[i] = (f(up) - f(down)) / (2 * h)
    return (g - claimed).norm() < 1e-6 * g.norm()
