# first: no-debugger
"""The mean squared error: one number that says how wrong the predictions are.

Take the difference at each place, square it, and average over all places.
"""

import torch
from jaxtyping import Float
from torch import Tensor


def mse(pred: Float[Tensor, "*b"], target: Float[Tensor, "*b"]) -> Float[Tensor, ""]:
    """Return the mean of (pred - target)^2 over all entries.

    - pred and target have one shape with one or more dimensions: (7,), (7, 1), (4, 3), ...
    - The result is a tensor with one number and the shape (), not a Python float.
    - It can be differentiated by pred: autograd finds its way back from the result to pred.
    - When the two shapes are not exactly equal, raise a ValueError. (5, 1) and (5,) are not equal,
      although torch would subtract them without a word.
    - pred and target stay as they were.
    """
    breakpoint()
    if pred.shape != target.shape:
        raise ValueError("shapes")
    return ((pred - target) ** 2).mean()
