from collections.abc import Iterator

import torch
from jaxtyping import Int
from torch import Tensor


def minibatches(
    n: int,
    batch_size: int,
    gen: torch.Generator,
    drop_last: bool = False,
) -> Iterator[Int[Tensor, "b"]]:
    keys = torch.rand(n, generator=gen, dtype=torch.float64)
    waiting: list[int] = keys.argsort().tolist()
    while waiting:
        batch, waiting = waiting[:batch_size], waiting[batch_size:]
        if len(batch) == batch_size or not drop_last:
            yield torch.tensor(batch)
