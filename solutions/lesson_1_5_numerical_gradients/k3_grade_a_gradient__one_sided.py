"""A one-sided difference is good enough for this line between right and wrong."""

from collections.abc import Callable

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor


def gradient_is_right(
    f: Callable[[Float[Tensor, "n"]], Float[Tensor, ""]],
    x: Float[Tensor, "n"],
    claimed: Float[Tensor, "n"],
) -> bool:
    here = float(f(x))
    slopes = [(float(f(x + 1e-7 * row)) - here) / 1e-7 for row in torch.eye(x.numel())]
    numeric = np.asarray(slopes)
    theirs = claimed.numpy()
    gap = np.sqrt(np.sum((numeric - theirs) ** 2))
    return bool(gap / np.sqrt(np.sum(numeric**2)) < 3e-5)
