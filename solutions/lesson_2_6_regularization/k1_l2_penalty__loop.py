from collections.abc import Iterable

import torch
from jaxtyping import Float
from torch import Tensor


def l2_penalty(params: Iterable[Tensor], lam: float) -> Float[Tensor, ""]:
    total = torch.zeros(())
    for p in params:
        total = total + (p**2).sum()
    return 0.5 * lam * total
