"""Train until the loss is low enough, but not for ever."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class StopInfo:
    """How a training run ended.

    Attributes:
        epochs_run: how many epochs were run, the last one included.
        losses: the loss of every epoch that was run, in order.
        stopped: True if the loss went below the threshold, False if the epochs ran out.
    """

    epochs_run: int
    losses: list[float]
    stopped: bool


def train_until(step: Callable[[], float], threshold: float, max_epochs: int) -> StopInfo:
    """Run epochs until one has a loss below ``threshold``, at most ``max_epochs`` of them.

    - Each call of ``step`` runs one epoch and returns its loss, a finite number. One call an epoch:
      every call trains.
    - The first loss that is strictly below the threshold ends the training; a loss equal to the
      threshold does not. Nothing else ends it: neither a loss that rises, nor one that hardly
      changes.
    - The epoch that passed counts, and its loss stands in ``losses``, also when it is the last
      that was allowed.
    - ``step`` is not called again after the end, and not at all when max_epochs is 0.
    - ``max_epochs`` may be large: thousands of epochs are usual.
    """
    # Your code here.
    raise NotImplementedError
