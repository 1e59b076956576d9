from collections.abc import Callable, Iterable
from dataclasses import dataclass

import torch
from torch import Tensor, nn


@dataclass(frozen=True)
class Metrics:
    loss: float
    accuracy: float
    n: int


def evaluate(
    model: nn.Module,
    loader: Iterable[tuple[Tensor, Tensor]],
    loss_fn: Callable[[Tensor, Tensor], Tensor],
) -> Metrics:
    mode = model.training
    model.eval()
    outputs, targets = [], []
    torch.set_grad_enabled(False)
    for x, y in loader:
        outputs.append(model(x))
        targets.append(y)
    torch.set_grad_enabled(True)
    model.train(mode)
    z, y = torch.cat(outputs).detach(), torch.cat(targets)
    return Metrics(loss_fn(z, y).item(), (z.argmax(-1) == y).float().mean().item(), len(y))
