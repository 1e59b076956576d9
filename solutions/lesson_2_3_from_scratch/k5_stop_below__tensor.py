"""Losses kept in a tensor, in float32 by name, and counted from there."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class StopInfo:
    epochs_run: int
    losses: list[float]
    stopped: bool


def train_until(step: Callable[[], float], threshold: float, max_epochs: int) -> StopInfo:
    import torch

    kept = torch.empty(0, dtype=torch.float32)
    last = float("inf")
    for _ in range(max_epochs):
        last = step()
        kept = torch.cat([kept, torch.tensor([last], dtype=torch.float32)])
        if last < threshold:
            break
    return StopInfo(kept.numel(), kept.tolist(), bool(last < threshold))
