from collections.abc import Iterator

import torch
from jaxtyping import Int
from torch import Tensor


def draw(below: int, gen: torch.Generator) -> int:
    return int(torch.randint(below, (1,), generator=gen).item())


def minibatches(
    n: int,
    batch_size: int,
    gen: torch.Generator,
    drop_last: bool = False,
) -> Iterator[Int[Tensor, "b"]]:
    rows = list(range(n))
    batch: list[int] = []
    while rows:
        batch.append(rows.pop(draw(len(rows), gen)))
        if len(batch) == batch_size:
            yield torch.tensor(batch, dtype=torch.int32)
            batch = []
    if batch and not drop_last:
        yield torch.tensor(batch, dtype=torch.int32)
