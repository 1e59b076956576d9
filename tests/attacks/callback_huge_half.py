# expect: too large|is looked at here|had not finished
# kata: 1.5.1
"""Calls the judge's function with 250 MB of half precision, which widens to four times as much."""

import torch
from torch import Tensor
from collections.abc import Callable
BIG = torch.zeros(125_000_000, dtype=torch.float16)
def numeric_grad(f: Callable[[Tensor], Tensor], x: Tensor, h: float = 1e-5) -> Tensor:
    for _ in range(4):
        f(BIG.clone())
    return torch.zeros_like(x)
