"""The loss of a whole epoch, from the losses of its mini-batches."""

from collections.abc import Sequence


def epoch_loss(batch_losses: Sequence[float], sizes: Sequence[int]) -> float:
    """Return the mean loss over all examples of the epoch.

    - `batch_losses`: one for each mini-batch, the mean over the examples of that mini-batch.
    - `sizes`: how many examples each mini-batch held, in the same order; at least one
      mini-batch, and at least one example in each. They need not be equal.
    - The result is what the mean over all examples at once would be, as a plain float.
    - The arguments stay as they were.
    """
    total = 0.0
    count = 0
    for batch_loss, size in zip(batch_losses, sizes, strict=True):
        total += batch_loss
        count += 1
    return total / count
