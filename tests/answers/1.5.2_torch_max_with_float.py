# first: floor-not-a-tensor
"""`torch.max` can't compare a tensor with a float."""

from torch import Tensor
import torch


def rel_error(a: Tensor, b: Tensor, floor: float=1e-12) -> float:
    if a.shape != b.shape:
        raise ValueError("different shapes")
    size = torch.max(a.norm() + b.norm(), floor)
    return ((a - b).norm() / size).item()
