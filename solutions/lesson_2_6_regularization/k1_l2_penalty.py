"""A price on large weights, to be added to the loss."""

from collections.abc import Iterable

import torch
from jaxtyping import Float
from torch import Tensor


def l2_penalty(params: Iterable[Tensor], lam: float) -> Float[Tensor, ""]:
    """Return lam / 2 times the sum of the squares of all numbers in params.

    - One number that can be differentiated: its derivative by each parameter is lam times that
      parameter. So a step of plain gradient descent on loss + l2_penalty is the step of
      torch.optim.SGD with weight_decay=lam.
    - params may be of any shapes, and an iterator such as model.parameters(), which can be gone
      through only once. There is at least one.
    - The parameters, and their .grad, stay as they were.
    """
    # --- yours
    return lam / 2 * torch.stack([p.square().sum() for p in params]).sum()
    # --- end
