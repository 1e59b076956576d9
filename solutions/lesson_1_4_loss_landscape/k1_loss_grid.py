"""The loss of every line on a grid of slopes and intercepts: a map of the loss landscape.

A line predicts y_pred = x * w + b, and its loss is the mean of (y_pred - y)^2 over the rows.
"""

from jaxtyping import Float
from torch import Tensor


def loss_grid(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    ws: Float[Tensor, "i"],
    bs: Float[Tensor, "j"],
) -> Float[Tensor, "i j"]:
    """Return a table of losses: entry [i, j] belongs to the line of slope ws[i], intercept bs[j].

    - There may be more slopes than intercepts or fewer, at least one of each. They come in any
      order, not always in even steps, and some may come twice: the table follows their order.
    - There is at least one row in x and y.
    - With loops or without, as you like.
    - The four arguments stay as they were.
    """
    # --- yours
    w = ws[:, None, None]  # (i, 1, 1)
    b = bs[:, None]  # (j, 1)
    y_pred = w * x.flatten() + b  # (i, j, n): a line of predictions for each pair
    return (y_pred - y.flatten()).square().mean(dim=2)
    # --- end
