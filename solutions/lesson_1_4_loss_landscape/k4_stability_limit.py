"""The largest learning rate with which gradient descent on a linear model still comes to rest.

The model predicts x @ w + b, and its loss is the mean of (y_pred - y)^2 over the rows.
"""

import torch
from jaxtyping import Float
from torch import Tensor


def max_stable_lr(x: Float[Tensor, "n d"]) -> float:
    """Return the learning rate at which descent on this data turns from converging to diverging.

    - The descent is plain: in every step w and b both move against their derivatives of the loss
      over all rows, by lr times these. Below the limit every start comes to rest, whatever y is;
      above it nearly every start runs away.
    - The result is a plain float, exact up to rounding: worked out, not tried out.
    - There is at least one row and at least one feature. A feature may be a copy of another, or
      the same number in all rows.
    - x stays as it was.
    """
    # --- yours
    design = torch.cat([x, torch.ones_like(x[:, :1])], dim=1)  # b is multiplied by a 1
    hessian = 2 * design.T @ design / len(x)
    curvatures = torch.linalg.eigvalsh(hessian)
    return 2 / curvatures.max().item()
    # --- end
