from collections.abc import Sequence

import torch


def epoch_loss(batch_losses: Sequence[float], sizes: Sequence[int]) -> float:
    means = torch.tensor(batch_losses, dtype=torch.float64)
    weights = torch.tensor(sizes, dtype=torch.float64)
    weights /= weights.sum()
    return (means @ weights).item()
