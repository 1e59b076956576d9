"""Train a linear model, and return what came of it in a type that holds its promise.

Two things are yours: the class TrainResult and the function train.

TrainResult is a dataclass that is frozen, with three fields in this order:

- losses, a list of floats: one for each epoch that was run, measured before its update.
- epochs_run, an int: how many epochs were run.
- stopped_early, a bool: whether the goal ended the training although epochs were left.

No field is a bare `list` or `Any`, and the type checker, at its strictest, has no complaint about
the file: what is advice elsewhere must be mended here.
"""

from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor

# Your class TrainResult stands here.


# --- yours
@dataclass(frozen=True)
class TrainResult:
    """What came of a training.

    Attributes:
        losses: one for each epoch that was run, measured before its update.
        epochs_run: how many epochs were run.
        stopped_early: whether the goal ended the training although epochs were left.
    """

    losses: list[float]
    epochs_run: int
    stopped_early: bool


# --- end
def train(
    x: Float[Tensor, "n d"], y: Float[Tensor, "n"], lr: float, epochs: int, goal: float
) -> "TrainResult":
    """Train y_pred = x @ w + b by gradient descent on the mean of (y_pred - y)^2.

    - w (d numbers) and b begin at 0. In each epoch: the loss, its derivatives, one update of all
      parameters by -lr times the derivative.
    - Training ends with the first epoch whose loss, measured before its update, is below ``goal``,
      at the latest after ``epochs`` epochs. That epoch was run, too. ``epochs`` may be 0.
    - Where the goal is reached in the last epoch of all, nothing was stopped early.
    - What the result holds is plain: floats, an int and a bool of Python, no tensors.
    - With autograd or by hand, as you like. The arguments stay as they were.
    """
    # --- yours
    w = torch.zeros_like(x[0]).requires_grad_()
    b = torch.zeros_like(y[:1]).requires_grad_()
    losses: list[float] = []
    for _ in range(epochs):
        loss = (x @ w + b - y).square().mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in (w, b):
                if p.grad is None:
                    raise RuntimeError("backward() has left no gradient")
                p -= lr * p.grad  # a Tensor, and no longer Tensor | None
                p.grad = None
        if losses[-1] < goal:
            break
    stopped = len(losses) < epochs
    return TrainResult(losses, len(losses), stopped)
    # --- end
