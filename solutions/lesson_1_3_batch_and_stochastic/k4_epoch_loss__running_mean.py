from collections.abc import Sequence


def epoch_loss(batch_losses: Sequence[float], sizes: Sequence[int]) -> float:
    mean, seen = 0.0, 0
    for i in range(len(sizes)):
        seen = seen + sizes[i]
        mean = mean + (batch_losses[i] - mean) * sizes[i] / seen
    return mean
