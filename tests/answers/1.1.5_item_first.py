# first: number-for-tensor
"""The loss is made a number before backward()."""

from collections.abc import Callable
import torch
from jaxtyping import Float
from torch import Tensor, nn


def fit(model: nn.Module, loss_fn: Callable[[Tensor, Tensor], Tensor], opt: torch.optim.Optimizer, x: Float[Tensor, 'n i'], y: Float[Tensor, 'n o'], epochs: int) -> list[float]:
    losses = []
    for _ in range(epochs):
        opt.zero_grad()
        loss = loss_fn(model(x), y).item()
        losses.append(loss)
        loss.backward()
        opt.step()
    return losses
