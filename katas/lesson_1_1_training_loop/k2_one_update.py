"""One update of all parameters: each takes a step against its gradient."""

import torch
from torch import Tensor


def updated(params: list[Tensor], grads: list[Tensor], lr: float) -> list[Tensor]:
    """Return the parameters after one step of gradient descent with the learning rate ``lr``.

    - grads[i] is the gradient of params[i] and has its shape; the list has one or more entries,
      in any shapes.
    - The result is a new list with one new tensor for each parameter, in the same order and shape.
    - The caller's tensors and lists stay as they were, with their requires_grad and .grad.
    - Some parameters have requires_grad=True. The step must not be recorded: no tensor of the
      result has a grad_fn.
    """
    # Your code here.
    raise NotImplementedError
