"""Train until the loss is small enough, and not one epoch longer."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class StopInfo:
    """How a training run ended.

    Attributes:
        epochs_run: how many epochs were trained.
        losses: the loss of each of these epochs, in order.
        stopped: True when a loss below the threshold ended the run, False when the epochs ran out.
    """

    epochs_run: int
    losses: list[float]
    stopped: bool


def train_until(step: Callable[[], float], threshold: float, max_epochs: int) -> StopInfo:
    """Call ``step`` until its loss is below ``threshold``, at most ``max_epochs`` times.

    - ``step()`` trains for one epoch and returns the loss of that epoch, a plain number.
    - Training ends with the first loss that is below the threshold. A loss equal to the threshold
      is not below it. Nothing else ends training early: not a loss that grows, not a NaN.
    - The epoch that ended training counts: it is in ``epochs_run``, and its loss is the last of
      ``losses``.
    - When no loss is below the threshold, ``stopped`` is False and ``epochs_run`` is
      ``max_epochs``. A loss below it in the very last epoch still makes ``stopped`` True.
    - Every call of ``step`` trains and takes time: it is called once for each epoch that is run,
      and not at all when ``max_epochs`` is 0.
    """
    # --- yours
    losses: list[float] = []
    for _ in range(max_epochs):
        loss = step()
        losses.append(loss)
        if loss < threshold:
            return StopInfo(len(losses), losses, True)
    return StopInfo(len(losses), losses, False)
    # --- end
