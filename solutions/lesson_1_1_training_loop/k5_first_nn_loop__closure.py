from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor, nn


def fit(
    model: nn.Module,
    loss_fn: Callable[[Tensor, Tensor], Tensor],
    opt: torch.optim.Optimizer,
    x: Float[Tensor, "n i"],
    y: Float[Tensor, "n o"],
    epochs: int,
) -> list[float]:
    losses = []

    def closure():
        out = model(x)
        opt.zero_grad()
        value = loss_fn(out, y)
        value.backward()
        return value

    for _ in range(epochs):
        losses.append(opt.step(closure).item())
    return losses
