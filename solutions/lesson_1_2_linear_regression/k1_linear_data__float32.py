import torch
from jaxtyping import Float
from torch import Tensor


def make_line(
    n: int, slope: float, intercept: float, noise: float, gen: torch.Generator
) -> tuple[Float[Tensor, "n 1"], Float[Tensor, "n 1"]]:
    x = torch.linspace(-1, 1, n, dtype=torch.float32).unsqueeze(1)
    y = torch.empty(n, 1, dtype=torch.float32)
    y.normal_(0.0, 1.0, generator=gen).mul_(noise)
    y += intercept
    y.add_(x, alpha=slope)
    return x, y
