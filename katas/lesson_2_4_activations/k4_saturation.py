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
    # Your code here.
    raise NotImplementedError


def grad_attenuation(act: Act, depth: int) -> float:
    """Return the largest factor that ``depth`` activations in a row can leave of a gradient.

    On the way back each activation multiplies the gradient by its derivative. At best every one
    of them stands where its derivative is largest. Weights are left out; ``depth`` is at least 1.
    """
    # Your code here.
    raise NotImplementedError
