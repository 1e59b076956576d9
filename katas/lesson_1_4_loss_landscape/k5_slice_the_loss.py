"""The loss along a straight line through the parameters of a model.

However many parameters a model has, one direction makes a curve of its landscape: how does the
loss change when all of them move along it together?
"""

from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor, nn


def loss_along(
    model: nn.Module,
    loss: Callable[[], Tensor],
    direction: list[Tensor],
    alphas: Float[Tensor, "k"],
) -> Float[Tensor, "k"]:
    """Return the loss at (parameters + alpha * direction), for each alpha.

    - ``direction`` holds one tensor for each of ``model.parameters()``, in that order and of that
      shape, for those that don't require grad as well. It may be of any length: alpha 1 is the
      whole of it.
    - ``loss()`` works the loss out from the parameters as they are when it is called, over the
      same data each time: one number, of shape (). It may be recorded by autograd.
    - There is at least one alpha. They come in any order, below and above 0, some may come twice.
    - The result doesn't require grad.
    - Afterwards every parameter is the tensor that it was, in the memory where it was (``.data =``
      would move it), with the same numbers to the last bit, and with its ``requires_grad`` and
      its ``grad``. ``direction`` and ``alphas`` stay as they were.
    """
    # Your code here.
    raise NotImplementedError
