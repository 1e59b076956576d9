from collections.abc import Sequence

import numpy as np


def count_params(sizes: Sequence[int], bias: bool = True) -> int:
    s = np.asarray(sizes, dtype=np.int64)
    weights = s[:-1] @ s[1:]
    biases = s.sum() - s[0] if bias else 0
    return int(weights + biases)
