import torch
from jaxtyping import Int
from torch import Tensor
from torch.utils.data import random_split


def split(
    n: int, val_fraction: float, gen: torch.Generator
) -> tuple[Int[Tensor, "a"], Int[Tensor, "b"]]:
    size = round(n * val_fraction)
    size = 1 if size < 1 else size if size < n else n - 1
    train, val = random_split(range(n), [n - size, size], generator=gen)  # type: ignore[arg-type]
    return torch.tensor(list(train.indices)), torch.tensor(list(val.indices))
