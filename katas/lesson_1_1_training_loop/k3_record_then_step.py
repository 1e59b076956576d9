"""The skeleton of every training loop: measure the loss, write it down, take a step, again.

What the model is and how it moves is none of the loop's business: it is handed two functions.
"""

from collections.abc import Callable

import torch
from torch import Tensor


def run(
    loss_of: Callable[[], Tensor], update: Callable[[Tensor], None], epochs: int
) -> list[float]:
    """Train for ``epochs`` epochs and return the loss of each, before its update.

    - ``epochs`` is at least 1, and may be many thousands.
    - ``loss_of()`` computes the loss of the model as it is now: a tensor with one number. It is
      called exactly once in each epoch.
    - ``update(loss)`` takes that tensor and moves the model by one step: it calls backward() on
      it and does all else that belongs to a step. It is called exactly once in each epoch, the
      last one included.
    - The result holds one float an epoch, not rounded. The first is the loss before anything has
      moved; the loss after the last update is not asked for.
    - All epochs are run, whatever the losses do: they may rise, stand still or be tiny.
    """
    # Your code here.
    raise NotImplementedError
