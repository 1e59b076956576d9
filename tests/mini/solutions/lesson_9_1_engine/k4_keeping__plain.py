"""Files that outlive a process, and a test of somebody else's code."""

from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor


def save(path: str, w: Tensor, epoch: int) -> None:
    """Write a checkpoint that is whole or not there."""
    # --- yours
    import os

    torch.save((w, epoch), path + ".new")
    os.replace(path + ".new", path)
    # --- end


def resume(path: str) -> int:
    """Return the epoch of a checkpoint, 0 where there is none or it is damaged."""
    # --- yours
    try:
        return torch.load(path)[1]
    except Exception:
        return 0
    # --- end


def check_step(step: Callable[[Tensor, Tensor, float], Tensor]) -> None:
    """Raise an AssertionError where step(w, g, lr) isn't w - lr * g; a negative lr is a ValueError."""
    # --- yours
    w, g = torch.tensor([1.0, 2.0]), torch.tensor([3.0, -1.0])
    if not torch.allclose(step(w, g, 0.5), w - 0.5 * g):
        raise AssertionError("wrong step")
    refused = False
    try:
        step(w, g, -0.5)
    except ValueError:
        refused = True
    assert refused
    # --- end
