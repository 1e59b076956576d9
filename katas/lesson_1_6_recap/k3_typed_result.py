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
    # Your code here.
    raise NotImplementedError
