"""Measure where sigmoid and tanh let no gradient through, and how fast it fades with depth."""

from typing import Literal

import torch
from jaxtyping import Float
from torch import Tensor

Act = Literal["sigmoid", "tanh"]


def saturation(z: Float[Tensor, "n h"], act: Act, eps: float = 0.01) -> Float[Tensor, "h"]:
    """Return, for each unit, the share of examples for which it is saturated (0 to 1).

    - ``z`` is what goes into the activation: a row for each example, a column for each unit.
    - A unit is saturated by an example if the derivative of the activation at z is below ``eps``.
      ``eps`` is meant as it is, for both activations.
    - ``z`` stays as it was.
    """
    # --- yours
    if act == "sigmoid":
        a = torch.sigmoid(z)
        slope = a * (1 - a)
    else:
        a = torch.tanh(z)
        slope = 1 - a * a
    return (slope < eps).to(z.dtype).mean(dim=0)
    # --- end


def grad_attenuation(act: Act, depth: int) -> float:
    """Return the largest factor that ``depth`` activations in a row can leave of a gradient.

    On the way back each activation multiplies the gradient by its derivative. At best every one
    of them stands where its derivative is largest. Weights are left out; ``depth`` is at least 1.
    """
    # --- yours
    steepest = {"sigmoid": 0.25, "tanh": 1.0}[act]  # both at z = 0
    return steepest**depth
    # --- end
