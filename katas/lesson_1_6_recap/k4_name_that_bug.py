"""Find out from what a training run has left behind what was wrong with its loop."""

from dataclasses import dataclass
from typing import Literal

import torch
from jaxtyping import Float
from torch import Tensor


@dataclass(frozen=True)
class Trace:
    """What is known of a run of t epochs, at least 20, with p parameters and n rows of data.

    Attributes:
        params: row k holds the parameters before the update of epoch k; row 0 is the start.
        grads: row k is the gradient of the mean loss at params[k]. It was worked out afterwards
            and is right, whatever the loop has used.
        losses: losses[k] is the mean loss at params[k], right as well.
        lr: the learning rate that the run was given.
        n: how many rows of data the loss is a mean over, at least 8.
    """

    params: Float[Tensor, "t p"]
    grads: Float[Tensor, "t p"]
    losses: Float[Tensor, "t"]
    lr: float
    n: int


def diagnose(
    trace: Trace,
) -> Literal["ok", "no_zero_grad", "no_step", "ascent", "lr_too_high", "lr_too_low", "sum_loss"]:
    """Name the one thing that is wrong with the run, or "ok".

    A right step is params[k + 1] - params[k] = -lr * grads[k]. No step is exact, for the rows were
    drawn anew: each gradient that a loop used, g below, differs from grads[k] by at most a tenth
    of its length.

    Four faults are told by the steps:
    - "no_step": the parameters never change.
    - "ascent": each step is +lr * g.
    - "sum_loss": each step is -lr * n * g, since the rows' losses were added up.
    - "no_zero_grad": each step is -lr times the sum of all g so far, that of this epoch included.

    Where the steps are right, the end tells:
    - "lr_too_high": the run blows up. At the end grads is more than 10 times as long as at the
      start, and the loss more than 10 times as high; or they are infinite or NaN.
    - "lr_too_low": the run has hardly begun. At the end grads has more than 0.8 of the length, and
      the loss more than 0.6 of the height, that they had at the start; the loss falls all along.
    - "ok": the run has arrived. At the end grads has less than 0.05 of the length, and the loss
      less than 0.2 of the height, that they had at the start.

    Every trace is one of these. Late rows may be infinite or NaN in any run that blows up, whatever
    the reason; the first 5 rows never are. Parameters and losses are of any size, as their units
    make them.
    """
    # Your code here.
    raise NotImplementedError
