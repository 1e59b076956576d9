# first: no-zero
"""The gradients are never cleared."""

from collections.abc import Callable
import torch
from jaxtyping import Float
from torch import Tensor, nn


def fit(model: nn.Module, loss_fn: Callable[[Tensor, Tensor], Tensor], opt: torch.optim.Optimizer, x: Float[Tensor, 'n i'], y: Float[Tensor, 'n o'], epochs: int) -> list[float]:
    def one_epoch() -> float:
        out = model(x)
        err = loss_fn(out, y)
        err.backward()
        opt.step()
        return float(err)
    return [one_epoch() for _ in range(epochs)]
