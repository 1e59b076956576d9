from collections.abc import Callable

import torch
from torch import Tensor


def run(
    loss_of: Callable[[], Tensor], update: Callable[[Tensor], None], epochs: int
) -> list[float]:
    kept: list[Tensor] = []
    for k in range(1, epochs + 1):
        value = loss_of()
        kept += [value.detach().clone()]
        update(value)
    return torch.stack(kept).tolist()
