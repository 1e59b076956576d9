# first: recorded-after
"""The loss is measured anew after the step."""

from collections.abc import Callable
import torch
from jaxtyping import Float
from torch import Tensor, nn


def fit(model: nn.Module, loss_fn: Callable[[Tensor, Tensor], Tensor], opt: torch.optim.Optimizer, x: Float[Tensor, 'n i'], y: Float[Tensor, 'n o'], epochs: int) -> list[float]:
    losses: list[float] = []
    for _ in range(epochs):
        opt.zero_grad()
        loss_fn(model(x), y).backward()
        opt.step()
        with torch.no_grad():
            losses.append(loss_fn(model(x), y).item())
    return losses
