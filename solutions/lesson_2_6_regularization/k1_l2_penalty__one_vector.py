from collections.abc import Iterable

import torch
from jaxtyping import Float
from torch import Tensor


def l2_penalty(params: Iterable[Tensor], lam: float) -> Float[Tensor, ""]:
    everything = torch.cat([p.flatten() for p in params])
    return torch.dot(everything, everything) * lam / 2
