"""NumPy in float32 by name, the mean of both sizes, and the floor added instead of enforced."""

import numpy as np
from torch import Tensor


def rel_error(a: Tensor, b: Tensor, floor: float = 1e-12) -> float:
    if list(a.shape) != list(b.shape):
        raise TypeError(f"{a.shape} is not {b.shape}")
    p = a.numpy().astype(np.float32).reshape(-1)
    q = b.numpy().astype(np.float32).reshape(-1)
    gap = np.linalg.norm(p - q)
    return float(gap / ((np.linalg.norm(p) + np.linalg.norm(q)) / 2 + floor))
