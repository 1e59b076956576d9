"""NumPy, counting firings, in float32 by name."""

import numpy as np
from jaxtyping import Float
from torch import Tensor


def dead_fraction(hidden: Float[Tensor, "n h"]) -> float:
    firings = np.count_nonzero(hidden.detach().numpy() > 0, axis=0)
    return float(np.mean(firings == 0, dtype=np.float32))
