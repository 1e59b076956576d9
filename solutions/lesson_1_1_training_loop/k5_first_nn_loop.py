"""A training loop for any model and any optimizer: a loop to mend.

The loop below came with a mistake: the calls stand in a wrong order. It runs without an error, the
losses look like losses, and yet the model learns nothing. Find out why, and mend it.
"""

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
    """Train ``model`` for ``epochs`` epochs and return the loss of each.

    - ``epochs`` and the number of rows are at least 1.
    - Each epoch is one step with all rows: predictions for x, their loss, its gradient, a step.
    - The predictions come from calling the model, model(x), and not from model.forward(x): only a
      call runs the model's hooks too.
    - ``loss_fn(predictions, y)`` is the loss, with its arguments in this order.
    - ``opt`` holds all parameters of the model. Its step() is what moves them, exactly once in each
      epoch, by the gradient of that epoch's loss alone. The gradient buffers are empty at first.
    - The result holds one float an epoch, not rounded: the loss before that epoch's step.
    - x and y stay as they were.
    """
    # --- yours
    losses: list[float] = []
    for _ in range(epochs):
        opt.zero_grad()
        y_pred = model(x)
        loss = loss_fn(y_pred, y)
        losses.append(loss.item())
        loss.backward()
        opt.step()
    return losses
    # --- end
