"""Entry by entry, and the worst of them counts: strict, but a relative error all the same."""

import torch
from torch import Tensor


def rel_error(a: Tensor, b: Tensor, floor: float = 1e-12) -> float:
    if a.size() != b.size():
        raise ValueError("different shapes")
    top = torch.abs(a - b)
    bottom = torch.maximum(torch.abs(a) + torch.abs(b), torch.tensor(floor))
    print("worst:", (top / bottom).max())
    return float(torch.max(top / bottom))
