from collections.abc import Sequence
from functools import reduce

import torch
from jaxtyping import Float
from torch import Tensor


def augmented(w: Tensor, b: Tensor) -> Tensor:
    """[[w, 0], [b, 1]]: the bias as one more input that is always 1."""
    top = torch.cat([w, torch.zeros(w.shape[0], 1).to(w)], dim=1)
    low = torch.cat([b, torch.ones(1).to(b)]).unsqueeze(0)
    return torch.cat([top, low])


def collapse(
    layers: Sequence[tuple[Float[Tensor, "i o"], Float[Tensor, "o"]]],
) -> tuple[Float[Tensor, "i k"], Float[Tensor, "k"]]:
    m = reduce(torch.matmul, [augmented(w, b) for w, b in layers])
    return m[:-1, :-1].contiguous(), m[-1, :-1].clone()
