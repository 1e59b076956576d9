# first: mixed-dtypes
"""What does a model think of every place in the plane? Ask it on a grid."""

import torch
from jaxtyping import Float
from torch import Tensor, nn


def probability_grid(
    model: nn.Module, xlim: tuple[float, float], ylim: tuple[float, float], n: int
) -> Float[Tensor, "n n"]:
    """Return the model's probabilities on an even grid of ``n`` times ``n`` points, n at least 2.

    - The model takes rows (x, y) as a tensor (m, 2) and gives one probability each, as (m, 1).
    - Row i of the grid has the i-th y, column j the j-th x: x runs evenly from xlim[0] to xlim[1],
      y from ylim[0] to ylim[1], both ends included. So the entry [0, 0] belongs to the lowest x
      and the lowest y.
    - The model is asked in evaluation mode, and is afterwards in the mode in which it came.
    - The result carries no record for gradients.
    - The model's parameters and their gradients stay as they were.
    """
    import numpy as np
    was = model.training
    model.eval()
    X, Y = np.meshgrid(np.linspace(*xlim, n), np.linspace(*ylim, n))
    with torch.no_grad():
        p = model(torch.from_numpy(np.c_[X.ravel(), Y.ravel()])).reshape(X.shape)
    model.train(was)
    return p
