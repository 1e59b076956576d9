from collections.abc import Sequence

import numpy as np


def epoch_loss(batch_losses: Sequence[float], sizes: Sequence[int]) -> float:
    return float(np.average(np.array(batch_losses), weights=np.array(sizes)))
