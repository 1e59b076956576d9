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
    history = []
    model.train()
    for epoch in range(1, epochs + 1):
        loss = loss_fn(model(x), y)
        loss.backward()
        opt.step()
        opt.zero_grad(set_to_none=False)
        history.append(float(loss))
        if epoch % 5 == 0:
            print(f"{epoch}/{epochs} {history[-1]:.4f}")
    return history
