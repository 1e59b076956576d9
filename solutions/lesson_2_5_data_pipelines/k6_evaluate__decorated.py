from collections.abc import Callable, Iterable
from dataclasses import dataclass

import torch
from torch import Tensor, nn


@dataclass(frozen=True)
class Metrics:
    loss: float
    accuracy: float
    n: int


@torch.inference_mode()
def evaluate(
    model: nn.Module,
    loader: Iterable[tuple[Tensor, Tensor]],
    loss_fn: Callable[[Tensor, Tensor], Tensor],
) -> Metrics:
    was_training = model.training
    model.train(False)
    try:
        parts = []
        for x, y in loader:
            z = model(x)
            parts.append(
                (float(loss_fn(z, y)), (z.max(1).indices == y).double().mean().item(), y.shape[0])
            )
    finally:
        if was_training:
            model.train()
    n = sum(size for _, _, size in parts)
    loss = sum(value * size for value, _, size in parts) / n
    accuracy = sum(share * size for _, share, size in parts) / n
    return Metrics(loss=loss, accuracy=accuracy, n=n)
