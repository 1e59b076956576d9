import dataclasses

import torch
from jaxtyping import Float
from torch import Tensor


@dataclasses.dataclass(frozen=True, kw_only=True)
class TrainResult:
    losses: list[float] = dataclasses.field(default_factory=list)
    epochs_run: int = 0
    stopped_early: bool = False


def train(
    x: Float[Tensor, "n d"], y: Float[Tensor, "n"], lr: float, epochs: int, goal: float
) -> TrainResult:
    w: Tensor = x.new_zeros(x.shape[1])
    b: Tensor = x.new_zeros(())
    losses: list[float] = []
    early = False
    while len(losses) < epochs and not early:
        residual = x @ w + b - y
        losses.append(float(residual.pow(2).mean()))
        w = w - lr * 2 * x.T @ residual / len(y)
        b = b - lr * 2 * residual.mean()
        early = losses[-1] < goal
    return TrainResult(
        losses=losses, epochs_run=len(losses), stopped_early=early and len(losses) < epochs
    )
