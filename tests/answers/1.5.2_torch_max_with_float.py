# first: floor-not-a-tensor
"""Torch.max of a tensor and a float: error."""

from torch import Tensor
import torch


def rel_error(a: Tensor, b: Tensor, floor: float=1e-12) -> float:
    if a.shape != b.shape:
        raise ValueError("different shapes")
    size = torch.max(a.norm() + b.norm(), floor)
    return ((a - b).norm() / size).item()
