import torch
from jaxtyping import Int
from torch import Tensor


def split(
    n: int, val_fraction: float, gen: torch.Generator
) -> tuple[Int[Tensor, "a"], Int[Tensor, "b"]]:
    wanted = int(n * val_fraction + 0.5)
    if wanted == 0:
        wanted = 1
    if wanted == n:
        wanted = n - 1
    chosen = torch.zeros(n, dtype=torch.bool)
    chosen[torch.rand(n, generator=gen).argsort()[:wanted]] = True
    return (~chosen).nonzero().flatten(), chosen.nonzero().flatten()
