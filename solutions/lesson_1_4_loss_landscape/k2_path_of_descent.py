"""The path that gradient descent takes over the landscape, place by place.

A place is a slope and an intercept, (w, b). The line there predicts y_pred = x * w + b, and its
loss is the mean of (y_pred - y)^2 over the rows.
"""

import torch
from jaxtyping import Float
from torch import Tensor


def descent_path(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    start: Float[Tensor, "2"],
    lr: float,
    steps: int,
) -> Float[Tensor, "steps+1 2"]:
    """Return the places of gradient descent: the start, and the place after each step.

    - Row 0 is ``start``, row k is the place after k steps; column 0 holds w, column 1 holds b.
    - One step uses all rows of the data: both numbers move against their derivative of the loss,
      by lr times it, both derivatives taken at the place before the step.
    - ``steps`` is at least 0; then the path is the start alone. There is no stopping early.
    - The result doesn't require grad.
    - The arguments stay as they were.
    """
    # --- yours
    theta = start.clone()
    path = [theta.clone()]
    for _ in range(steps):
        w, b = theta
        error = x * w + b - y
        gradient = torch.stack([2 * (error * x).mean(), 2 * error.mean()])
        theta -= lr * gradient
        path.append(theta.clone())
    return torch.stack(path)
    # --- end
