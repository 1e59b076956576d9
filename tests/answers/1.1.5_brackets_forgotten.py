# first: no-step
"""`opt.step` stands there without brackets."""

from collections.abc import Callable
import torch
from jaxtyping import Float
from torch import Tensor, nn


def fit(model: nn.Module, loss_fn: Callable[[Tensor, Tensor], Tensor], opt: torch.optim.Optimizer, x: Float[Tensor, 'n i'], y: Float[Tensor, 'n o'], epochs: int) -> list[float]:
    losses = []
    for _ in range(epochs):
        opt.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        opt.step
        losses.append(loss.item())
    return losses
