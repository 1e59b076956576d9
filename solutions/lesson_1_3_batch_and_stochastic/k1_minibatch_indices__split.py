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
    batches = torch.randperm(n, generator=gen).split(batch_size)
    if drop_last and len(batches[-1]) < batch_size:
        batches = batches[:-1]
    return iter(batches)
