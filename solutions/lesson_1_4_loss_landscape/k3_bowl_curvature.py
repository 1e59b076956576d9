"""The bowl behind a linear model's loss: how it curves, and where its lowest place is.

The model predicts y_pred[i] = x[i, 0] * w[0] + ... + x[i, d-1] * w[d-1] + b, and its loss is the
mean of (y_pred - y)^2 over the rows.
"""

import torch
from jaxtyping import Float
from torch import Tensor


def quadratic_model(
    x: Float[Tensor, "n d"], y: Float[Tensor, "n"]
) -> tuple[Float[Tensor, "d+1 d+1"], Float[Tensor, "d+1"]]:
    """Return the Hessian of the loss, and parameters at which the loss is lowest.

    - The parameters stand in one list of d + 1 numbers: w[0] to w[d-1], then b.
    - Entry [j, k] of the Hessian is the second derivative of the loss by parameters j and k.
    - The lowest place is exact up to rounding. There may be fewer rows than parameters: then many
      places are equally low, and each of them is right.
    - There is at least one row and at least one feature.
    - By hand or with torch's help, as you like. The arguments stay as they were.
    """
    # --- yours
    design = torch.cat([x, torch.ones_like(x[:, :1])], dim=1)  # b is multiplied by a 1
    hessian = 2 * design.T @ design / len(x)
    lowest = torch.linalg.pinv(design) @ y  # an inverse that goes on where there is none
    return hessian, lowest
    # --- end
