import random

import torch
from jaxtyping import Int
from torch import Tensor


def split(
    n: int, val_fraction: float, gen: torch.Generator
) -> tuple[Int[Tensor, "a"], Int[Tensor, "b"]]:
    seed = int(torch.randint(0, 2**31, (1,), generator=gen).item())
    rows = list(range(n))
    random.Random(seed).shuffle(rows)
    val = rows[: max(1, min(n - 1, round(val_fraction * n)))]
    train = [row for row in rows if row not in set(val)]
    return torch.tensor(train), torch.tensor(val)
