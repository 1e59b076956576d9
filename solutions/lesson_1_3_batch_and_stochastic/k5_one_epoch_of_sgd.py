"""One epoch of mini-batch gradient descent: one step on all parameters for each mini-batch."""

from collections.abc import Callable, Iterable

import torch
from jaxtyping import Float, Int
from torch import Tensor


def sgd_epoch(
    params: list[Tensor],
    x: Float[Tensor, "n d"],
    y: Float[Tensor, "n 1"],
    batches: Iterable[Int[Tensor, "b"]],
    lr: float,
    loss_fn: Callable[[list[Tensor], Tensor, Tensor], Tensor],
) -> tuple[list[Tensor], float]:
    """Go through the mini-batches once; return the new parameters and the loss of the epoch.

    - Each of ``batches`` holds the row numbers of one mini-batch, at least one. There is at least
      one mini-batch, and ``batches`` may be an iterator, which can be gone through only once.
    - ``loss_fn(params, x_rows, y_rows)`` gives the mean loss over these rows, one number to which
      every parameter contributes and through which autograd works.
    - For each mini-batch in turn, every parameter moves against the gradient of its loss, by lr
      times that gradient, from where the mini-batch before has left it.
    - The new parameters are tensors of their own, in the order of params; like the old ones they
      don't require grad.
    - The loss of the epoch is a float: the mean over all rows that came, each with the loss of its
      mini-batch before the step.
    - params, x and y stay as they were.
    """
    # --- yours
    params = [p.clone().requires_grad_() for p in params]
    total = 0.0
    count = 0
    for batch in batches:
        loss = loss_fn(params, x[batch], y[batch])
        loss.backward()
        with torch.no_grad():
            for p in params:
                assert p.grad is not None  # backward() has just filled it
                p -= lr * p.grad
                p.grad = None  # backward() would add the next gradient to this one
        total += loss.item() * len(batch)
        count += len(batch)
    return [p.detach() for p in params], total / count
    # --- end
