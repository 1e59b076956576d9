import numpy as np
from jaxtyping import Float
from torch import Tensor


def max_stable_lr(x: Float[Tensor, "n d"]) -> float:
    table = np.column_stack((x.numpy(), np.ones(len(x))))
    second = 2 * (table.T @ table) / table.shape[0]
    roots = np.linalg.eigvals(second).real
    return 2.0 / float(max(roots))
